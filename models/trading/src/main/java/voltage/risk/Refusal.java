package voltage.risk;

import java.util.Optional;
import voltage.market.FixedPoint;
import voltage.order.RefusalReason;

/** A broken rule, with the value and what was allowed. */
record Refusal(RefusalReason reason, String detail) {
    static Optional<Refusal> of(RefusalReason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }

    static String over(String what, long value, long limit, int scale) {
        return what + " " + FixedPoint.format(value, scale) + ", limit " + FixedPoint.format(limit, scale);
    }
}
