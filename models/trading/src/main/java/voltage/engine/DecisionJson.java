package voltage.engine;

import voltage.strategy.Opinion;

/**
 * The one textual form of a decision: a line of JSON with fixed key order and integers only, so that equal decisions are equal bytes.
 * What {@code decisions.jsonl}, the signals table and the digest are made of.
 */
public final class DecisionJson {
    private DecisionJson() {}

    /** Appends one decision without a line end. */
    public static void append(StringBuilder out, Decision decision) {
        out.append("{\"sequence\":").append(decision.sequence());
        out.append(",\"nanos\":").append(decision.nanos());
        text(out, "ticker", decision.ticker());
        text(out, "verdict", decision.verdict().name());
        if (decision.side().isPresent()) {
            text(out, "side", decision.side().get().name());
        }
        if (decision.firstFailing().isPresent()) {
            text(out, "firstFailing", decision.firstFailing().get().name());
        }
        reading(out, "fairYesE6", decision.fairYesE6());
        reading(out, "shrunkYesE6", decision.shrunkYesE6());
        number(out, "yesBidE4", decision.yesBidE4());
        number(out, "yesAskE4", decision.yesAskE4());
        number(out, "twiceMidE4", decision.twiceMidE4());
        number(out, "spotE4", decision.spotE4());
        number(out, "strikeE4", decision.strikeE4());
        number(out, "volatilityE9", decision.volatilityE9());
        Decision.Forecaster forecaster = decision.forecaster();
        text(out, "forecaster", forecaster.source().name());
        text(out, "models", forecaster.state().name());
        if (!forecaster.model().isEmpty()) {
            text(out, "model", forecaster.model());
        }
        number(out, "edgeE4", decision.edgeE4());
        text(out, "conviction", decision.conviction().name());
        number(out, "positionE2", decision.positionE2());
        number(out, "secondsToClose", decision.secondsToClose());
        out.append(",\"readings\":[");
        for (int i = 0; i < decision.readings().size(); i++) {
            Decision.Reading reading = decision.readings().get(i);
            out.append(i == 0 ? "{" : ",{")
                    .append("\"strategy\":\"")
                    .append(reading.strategy())
                    .append('"');
            reading(out, "readingE6", reading.readingE6());
            number(out, "direction", reading.direction());
            out.append('}');
        }
        out.append("],\"gates\":[");
        for (int i = 0; i < decision.gates().size(); i++) {
            GateResult result = decision.gates().get(i);
            out.append(i == 0 ? "{" : ",{")
                    .append("\"gate\":\"")
                    .append(result.gate().name())
                    .append('"');
            if (result.value() != Gate.UNKNOWN) {
                number(out, "value", result.value());
            }
            number(out, "threshold", result.threshold());
            text(out, "unit", result.gate().unit().name());
            text(out, "verdict", result.verdict().name());
            out.append('}');
        }
        out.append(']');
        Decision.Sizing sizing = decision.sizing();
        if (!sizing.equals(Decision.Sizing.NONE)) {
            out.append(",\"sizing\":{\"kellyE2\":").append(sizing.kellyE2());
            number(out, "fixedFractionE2", sizing.fixedFractionE2());
            number(out, "cappedE2", sizing.cappedE2());
            number(out, "sentE2", sizing.sentE2());
            number(out, "costE6", sizing.costE6());
            number(out, "feeE6", sizing.feeE6());
            out.append('}');
        }
        if (decision.commandId().isPresent()) {
            text(out, "commandId", decision.commandId().get());
        }
        if (decision.purpose().isPresent()) {
            text(out, "purpose", decision.purpose().get().name());
        }
        out.append('}');
    }

    private static void number(StringBuilder out, String key, long value) {
        out.append(",\"").append(key).append("\":").append(value);
    }

    private static void reading(StringBuilder out, String key, int value) {
        if (value != Opinion.NONE) {
            number(out, key, value);
        }
    }

    /** Keys, tickers, ids and names hold nothing that JSON would have to escape. */
    private static void text(StringBuilder out, String key, String value) {
        out.append(",\"").append(key).append("\":\"").append(value).append('"');
    }
}
