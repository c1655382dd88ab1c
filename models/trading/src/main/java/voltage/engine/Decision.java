package voltage.engine;

import java.util.List;
import java.util.Optional;
import voltage.market.Side;
import voltage.order.Command;
import voltage.strategy.Conviction;
import voltage.strategy.Opinion;

/**
 * One evaluation of one market, explained: whether it traded or stayed out, every gate is listed in order. Made once a second for each
 * market and whenever the verdict or the first failing gate changes.
 *
 * @param sequence counts the engine's decisions from 1
 * @param nanos engine time
 * @param side the side with the better edge, if any forecast exists
 * @param firstFailing why it stayed out
 * @param gates all gates in order
 * @param readings what each strategy said, in millionths (probability of YES or indicator), {@link Opinion#NONE} for nothing
 * @param fairYesE6 the deciding forecast's probability of YES, or {@link Opinion#NONE}
 * @param shrunkYesE6 the same drawn towards the market's own price, which is what was traded on
 * @param twiceMidE4 bid plus ask of YES, twice the market's implied probability; 0 if the book is not two-sided
 * @param forecaster whose volatility that is
 * @param edgeE4 expected profit a contract after fees, in ten-thousandths of a dollar
 * @param sizing how the size came about
 * @param commandId the command that follows from it, if one does
 * @param purpose why an exit, for {@code EXIT}
 */
public record Decision(
        long sequence,
        long nanos,
        String ticker,
        Verdict verdict,
        Optional<Side> side,
        Optional<Gate> firstFailing,
        List<GateResult> gates,
        List<Reading> readings,
        Conviction conviction,
        int fairYesE6,
        int shrunkYesE6,
        int yesBidE4,
        int yesAskE4,
        int twiceMidE4,
        long spotE4,
        long strikeE4,
        long volatilityE9,
        Forecaster forecaster,
        int edgeE4,
        Sizing sizing,
        long positionE2,
        long secondsToClose,
        Optional<String> commandId,
        Optional<Command.Purpose> purpose) {

    /**
     * Whose volatility was decided on.
     *
     * @param source who said it
     * @param model version of the models that were asked last; empty if none ever answered
     * @param state how the models stand: other than fresh, it says why they were not heeded
     */
    public record Forecaster(Source source, String model, State state) {
        /** Who said it. */
        public enum Source {
            MODELS,
            /** The autoregression that stands in for the models. */
            HAR,
            NONE
        }

        /** How the models stand. */
        public enum State {
            FRESH,
            NONE_YET,
            LATE,
            FAILED
        }

        /** Who said it, in a word: the models' version, {@code HAR}, or empty text for nobody. */
        public String label() {
            return switch (source) {
                case MODELS -> model;
                case HAR -> source.name();
                case NONE -> "";
            };
        }
    }

    /** What one strategy said. */
    public record Reading(String strategy, int readingE6, int direction) {}

    /**
     * The way from what the forecast asks for to what is sent, in hundredths of a contract; all 0 if it was not sized.
     *
     * @param kellyE2 fractional Kelly
     * @param fixedFractionE2 fixed fraction at risk, by conviction and drawdown
     * @param cappedE2 after the limits on order, position and exposure
     * @param sentE2 after depth, whole contracts and exact fees
     * @param costE6 what it costs at most, fee included
     * @param feeE6 the fee of it
     */
    public record Sizing(long kellyE2, long fixedFractionE2, long cappedE2, long sentE2, long costE6, long feeE6) {
        public static final Sizing NONE = new Sizing(0, 0, 0, 0, 0, 0);
    }

    /** The reason in the operator's words. */
    public String words() {
        return switch (verdict) {
            case ENTER -> "Buying " + side.map(Enum::name).orElse("") + " " + sizing.sentE2() / 100.0;
            case EXIT -> "Leaving: " + purpose.map(Enum::name).orElse("");
            case HOLD -> "Holding to settlement";
            case STAY_OUT ->
                gates.stream()
                        .filter(result -> result.verdict() == Gate.Verdict.FAIL)
                        .findFirst()
                        .map(result -> "We stayed out: " + result.words())
                        .orElse("We stayed out");
        };
    }
}
