package voltage.order;

import voltage.market.AccountEvent;

/**
 * What the exchange itself tells of our account, beside the executor's reports. It is compared with what those have told and never
 * booked: money has one path.
 */
public interface ExchangeWord extends AccountEvent {
    String ticker();

    /** One of our orders was filled. */
    interface OfFill extends ExchangeWord {
        /** The same as in {@link Fill#tradeId()}. */
        String tradeId();
    }

    /** Our position changed. May come after a newer fill and be older than it. */
    interface OfPosition extends ExchangeWord {
        /** Signed hundredths of a contract: plus is YES, minus is NO. */
        long positionE2();
    }
}
