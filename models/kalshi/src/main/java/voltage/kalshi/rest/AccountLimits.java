package voltage.kalshi.rest;

import voltage.kalshi.JsonFields;
import voltage.market.MalformedFrameException;

/** The account's own limits: tokens a second and tokens at most, each of the two kinds. */
public record AccountLimits(String usageTier, int readRefill, int readCapacity, int writeRefill, int writeCapacity) {
    static AccountLimits read(JsonFields body) throws MalformedFrameException {
        JsonFields read = body.object("read");
        JsonFields write = body.object("write");
        return new AccountLimits(
                body.textOr("usage_tier", ""),
                read.smallIntOr("refill_rate", 0),
                read.smallIntOr("bucket_capacity", 0),
                write.smallIntOr("refill_rate", 0),
                write.smallIntOr("bucket_capacity", 0));
    }
}
