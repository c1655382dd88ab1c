package voltage.worker.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;

/**
 * One evaluation of one market, whether it traded or not.
 *
 * @param verdict what was decided
 * @param side the side meant, or null if none was
 * @param words the outcome for people, for example {@code Bought YES 12 @ 54 ¢}; may be empty, the page then makes its own
 * @param firstFailingGate the name of the first gate that failed, or null if none did
 * @param gates all of them in the order of evaluation
 * @param forecast the model against the market, or null without a model
 * @param sizing from what Kelly asked for to what was sent, or empty if it never came to sizing
 */
@Serdeable
public record DecisionView(
        long timeNanos,
        String ticker,
        Verdict verdict,
        @Nullable Side side,
        String words,
        @Nullable String firstFailingGate,
        List<Gate> gates,
        Signals signals,
        @Nullable Forecast forecast,
        List<SizingStep> sizing) {

    public DecisionView {
        gates = List.copyOf(gates);
        sizing = List.copyOf(sizing);
    }

    /** What was decided. */
    @Serdeable
    public enum Verdict {
        ENTER,
        EXIT,
        /** A position is held and nothing is to be done. */
        HOLD,
        STAY_OUT
    }

    /** A gate's answer. */
    @Serdeable
    public enum GateVerdict {
        PASS,
        FAIL,
        NOT_APPLICABLE
    }

    /** What the integers of a gate count. */
    @Serdeable
    public enum Unit {
        MILLIS,
        SECONDS,
        /** Ten-thousandths of a dollar of contract price: 5,400 is 54 ¢. */
        PRICE_E4,
        /** Ten-thousandths of a dollar of the underlying. */
        SPOT_E4,
        /** Micro-dollars. */
        CASH_E6,
        /** Hundredths of a contract. */
        COUNT_E2,
        /** Millionths: 50,000 is 5 %. */
        RATIO_E6,
        /** Millionths of a multiple: 1,420,000 is 1.42 times. */
        FACTOR_E6,
        /** A plain number. */
        NUMBER,
        /** Nothing to draw; the words say it all. */
        NONE
    }

    /** On which side of the threshold a gate passes. */
    @Serdeable
    public enum Limit {
        AT_MOST,
        AT_LEAST,
        NONE
    }

    /**
     * One gate.
     *
     * @param value in {@code unit}, or null if it was not known or not needed
     * @param threshold in {@code unit}, or null if there is none
     * @param words for people, for example {@code book 812 ms old (limit 500 ms)}
     */
    @Serdeable
    public record Gate(
            String name,
            @Nullable Long value,
            @Nullable Long threshold,
            Limit limit,
            Unit unit,
            GateVerdict verdict,
            String words) {}

    /**
     * What the rules saw; null is "not known".
     *
     * @param obiE6 order-book imbalance, 0 (all sellers) to 1,000,000 (all buyers)
     * @param rocE6 rate of change of Bitcoin over 15 minutes: 1,000 is 0.1 %
     */
    @Serdeable
    public record Signals(
            @Nullable Long obiE6,
            @Nullable Long rocE6,
            @Nullable Conviction conviction) {}

    /** How far the rules agree. */
    @Serdeable
    public enum Conviction {
        HIGH,
        NORMAL,
        LOW;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Probabilities of YES, 1,000,000 is certain.
     *
     * @param marketE6 the market's own, from its middle price, or null without one
     * @param model its name and version
     */
    @Serdeable
    public record Forecast(
            String model, long modelE6, @Nullable Long marketE6) {}

    /**
     * One step from what was wanted to what was sent.
     *
     * @param name for example {@code Kelly × 0.25}, {@code fixed fractional}, {@code position cap}, {@code sent}
     * @param countE2 what is left after it
     */
    @Serdeable
    public record SizingStep(String name, long countE2, String words) {}
}
