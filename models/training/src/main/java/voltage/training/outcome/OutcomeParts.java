package voltage.training.outcome;

import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.evaluate.Spans;

/**
 * The rows of made-up contracts by what they are for. Contracts are whole: one belongs to a part only if it opened in it and closed an hour or more
 * before the next.
 *
 * @param past what the direct model learns from before it is compared on {@code held}
 * @param both the two together: what it learns from before the test
 * @param variance of the time before the test, for the ideal
 * @param before the spans of volatility models that have seen nothing of {@code held}
 */
record OutcomeParts(
        LabelledRows past,
        LabelledRows held,
        LabelledRows both,
        LabelledRows test,
        QuarterVariance variance,
        Spans before) {
    /** A day of contracts, each with its fourteen rows. */
    static final int LEAST_ROWS = 96 * (MinuteQuote.LIFETIME_MINUTES - 1);

    /**
     * Makes and parts the rows.
     *
     * @throws IllegalArgumentException if a part has less than a day of them; the message says which
     */
    static OutcomeParts of(Dataset data, MinutePrices prices, Spans spans) {
        LabelledRows all = OutcomeRows.of(data, prices);
        long held = Spans.purged(spans.holdFromNanos(), 0);
        long test = Spans.purged(spans.testFromNanos(), 0);
        return new OutcomeParts(
                part("training", all, spans.fromNanos(), held),
                part("held-out", all, spans.holdFromNanos(), test),
                part("training", all, spans.fromNanos(), test),
                part("test", all, spans.testFromNanos(), spans.endNanos()),
                QuarterVariance.of(data, prices, spans.fromNanos(), spans.testFromNanos()),
                Spans.before(data, spans.holdFromNanos()));
    }

    private static LabelledRows part(String name, LabelledRows all, long fromNanos, long toNanos) {
        LabelledRows part =
                all.where(row -> OutcomeRows.openNanos(all, row) >= fromNanos && all.labelEndNanos()[row] <= toNanos);
        if (part.size() < LEAST_ROWS) {
            throw new IllegalArgumentException("the " + name + " span has " + part.size()
                    + " rows of contracts, at least " + LEAST_ROWS + " are needed; give more data");
        }
        return part;
    }
}
