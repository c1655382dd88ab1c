package voltage.worker.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voltage.engine.Decision;
import voltage.engine.EngineSettings;
import voltage.engine.Gate;
import voltage.engine.GateResult;
import voltage.market.Side;
import voltage.strategy.Conviction;
import voltage.strategy.Opinion;
import voltage.worker.dashboard.DecisionView;

/** Decisions in the page's terms. */
final class DecisionViews {
    /** Ten-thousandths to millionths. */
    private static final long E4_TO_E6 = 100;
    /** The sum of bid and ask in ten-thousandths to their mean in millionths. */
    private static final int TWICE_E4_TO_E6 = 50;

    private final EngineSettings settings;

    DecisionViews(EngineSettings settings) {
        this.settings = settings;
    }

    DecisionView of(Decision decision) {
        Side side = decision.side().orElse(null);
        return new DecisionView(
                decision.nanos(),
                decision.ticker(),
                verdict(decision),
                side,
                words(decision),
                decision.firstFailing().map(DecisionViews::name).orElse(null),
                decision.gates().stream().map(DecisionViews::gate).toList(),
                new DecisionView.Signals(
                        reading(decision, "obi"), reading(decision, "roc"), conviction(decision.conviction())),
                forecast(decision),
                sizing(decision.sizing()));
    }

    private static DecisionView.Verdict verdict(Decision decision) {
        return switch (decision.verdict()) {
            case ENTER -> DecisionView.Verdict.ENTER;
            case EXIT -> DecisionView.Verdict.EXIT;
            case HOLD -> DecisionView.Verdict.HOLD;
            case STAY_OUT -> DecisionView.Verdict.STAY_OUT;
        };
    }

    /** Empty where the page's own words, made of the first failing gate, are best. */
    private static String words(Decision decision) {
        return switch (decision.verdict()) {
            case ENTER -> {
                Side side = decision.side().orElse(Side.YES);
                int askE4 = side == Side.YES ? decision.yesAskE4() : 10_000 - decision.yesBidE4();
                yield "Buying " + side + " " + contracts(decision.sizing().sentE2()) + " @ " + cents(askE4);
            }
            case EXIT ->
                "Selling " + held(decision)
                        + decision.purpose()
                                .map(purpose -> ": " + lower(purpose))
                                .orElse("");
            case HOLD -> "Holding " + held(decision) + " to settlement";
            case STAY_OUT -> "";
        };
    }

    private static String held(Decision decision) {
        return Side.ofPosition(decision.positionE2()) + " " + contracts(Math.abs(decision.positionE2()));
    }

    static String contracts(long countE2) {
        return countE2 % 100 == 0
                ? Long.toString(countE2 / 100)
                : String.format(Locale.ROOT, "%d.%02d", countE2 / 100, countE2 % 100);
    }

    private static String cents(int priceE4) {
        return priceE4 % 100 == 0
                ? priceE4 / 100 + " ¢"
                : String.format(Locale.ROOT, "%d.%d ¢", priceE4 / 100, priceE4 % 100 / 10);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String name(Gate gate) {
        return lower(gate);
    }

    static DecisionView.Gate gate(GateResult result) {
        Gate gate = result.gate();
        // A gate that was not judged has no value: its number is left over and would be taken for a finding.
        boolean isKnown = result.verdict() != Gate.Verdict.NOT_APPLICABLE && result.value() != Gate.UNKNOWN;
        boolean isFlag = gate.unit() == Gate.Unit.FLAG;
        return new DecisionView.Gate(
                name(gate),
                isKnown && !isFlag ? (Long) (result.value() * scale(gate)) : null,
                isFlag ? null : (Long) (result.threshold() * scale(gate)),
                limit(gate),
                unit(gate),
                verdict(result.verdict()),
                words(result));
    }

    private static String words(GateResult result) {
        return switch (result.verdict()) {
            case PASS -> result.words();
            case FAIL ->
                result.value() == Gate.UNKNOWN ? name(result.gate()) + " unknown, so no entry" : result.words();
            // Not judged: the rule with a gap where the finding would stand.
            case NOT_APPLICABLE ->
                result.gate() == Gate.ENTRY_FILTER && result.value() > 0
                        ? "in shadow: " + result.words()
                        : result.gate()
                                .describe(Gate.UNKNOWN, result.threshold())
                                .replace("an unknown value", "…");
        };
    }

    private static DecisionView.GateVerdict verdict(Gate.Verdict verdict) {
        return switch (verdict) {
            case PASS -> DecisionView.GateVerdict.PASS;
            case FAIL -> DecisionView.GateVerdict.FAIL;
            case NOT_APPLICABLE -> DecisionView.GateVerdict.NOT_APPLICABLE;
        };
    }

    private static long scale(Gate gate) {
        return gate.unit() == Gate.Unit.SHARE_E4 ? E4_TO_E6 : 1;
    }

    private static DecisionView.Unit unit(Gate gate) {
        return switch (gate.unit()) {
            case FLAG -> DecisionView.Unit.NONE;
            case COUNT -> DecisionView.Unit.NUMBER;
            case MILLIS -> DecisionView.Unit.MILLIS;
            case SECONDS -> DecisionView.Unit.SECONDS;
            case PRICE_E4 -> DecisionView.Unit.PRICE_E4;
            case CASH_E6 -> DecisionView.Unit.CASH_E6;
            case SHARE_E4 -> DecisionView.Unit.RATIO_E6;
            // A trend is a change of price; only the true range is a multiple of something.
            case RATIO_E6 -> gate == Gate.TREND ? DecisionView.Unit.RATIO_E6 : DecisionView.Unit.FACTOR_E6;
            case CONTRACTS_E2 -> DecisionView.Unit.COUNT_E2;
        };
    }

    private static DecisionView.Limit limit(Gate gate) {
        return switch (gate) {
            case PAUSE, HALT, EXCHANGE_OPEN, STRIKE_KNOWN, BOOK_WHOLE, MODEL, FORECAST, CONVICTION ->
                DecisionView.Limit.NONE;
            case MARKET_OPEN, CLOSE_CUTOFF, SPOT_SOURCES, EDGE, PRICE_FLOOR, ENTRY_FILTER, SIZE ->
                DecisionView.Limit.AT_LEAST;
            case DAILY_LOSS,
                    DAILY_LOSS_SHARE,
                    WEEKLY_LOSS_SHARE,
                    DRAWDOWN,
                    BOOK_AGE,
                    SPOT_AGREEMENT,
                    ATR_REGIME,
                    SPREAD,
                    PRICE_CEILING,
                    TREND,
                    COOLDOWN,
                    QUARANTINE,
                    IN_FLIGHT,
                    HOLDING,
                    OPEN_ORDERS,
                    ORDER_RATE,
                    ORDERS_A_MINUTE,
                    POSITION,
                    EXPOSURE -> DecisionView.Limit.AT_MOST;
        };
    }

    private static @Nullable Long reading(Decision decision, String strategy) {
        for (Decision.Reading reading : decision.readings()) {
            if (reading.strategy().equals(strategy) && reading.readingE6() != Opinion.NONE) {
                return (long) reading.readingE6();
            }
        }
        return null;
    }

    private static DecisionView.@Nullable Conviction conviction(Conviction conviction) {
        return switch (conviction) {
            case HIGH -> DecisionView.Conviction.HIGH;
            case NORMAL -> DecisionView.Conviction.NORMAL;
            case LOW -> DecisionView.Conviction.LOW;
            case CONFLICT -> null;
        };
    }

    private static String model(Decision.Forecaster forecaster) {
        return switch (forecaster.source()) {
            case MODELS -> "models " + forecaster.model();
            case HAR -> "HAR, " + state(forecaster.state());
            case NONE -> "none, " + state(forecaster.state());
        };
    }

    private static String state(Decision.Forecaster.State state) {
        return switch (state) {
            case FRESH -> "models ready";
            case NONE_YET -> "no models";
            case LATE -> "models late";
            case FAILED -> "models failed";
        };
    }

    private static DecisionView.@Nullable Forecast forecast(Decision decision) {
        return decision.fairYesE6() == Opinion.NONE
                ? null
                : new DecisionView.Forecast(
                        model(decision.forecaster()),
                        decision.fairYesE6(),
                        decision.twiceMidE4() == 0 ? null : (Long) ((long) decision.twiceMidE4() * TWICE_E4_TO_E6));
    }

    private List<DecisionView.SizingStep> sizing(Decision.Sizing sizing) {
        if (sizing.equals(Decision.Sizing.NONE)) {
            return List.of();
        }
        List<DecisionView.SizingStep> steps = new ArrayList<>();
        steps.add(new DecisionView.SizingStep(
                "Kelly × " + share(settings.kellyShareE4()), sizing.kellyE2(), "that share of what Kelly asks for"));
        steps.add(new DecisionView.SizingStep(
                "fixed fraction",
                sizing.fixedFractionE2(),
                share(settings.riskShareE4() * 100) + " % of equity at risk, by conviction and drawdown"));
        steps.add(new DecisionView.SizingStep(
                "within limits", sizing.cappedE2(), "the smaller, within the limits of order, position and exposure"));
        steps.add(new DecisionView.SizingStep(
                "sent", sizing.sentE2(), "whole contracts that the book offers and that are worth their exact fees"));
        return steps;
    }

    /** Ten-thousandths as a decimal without trailing zeros. */
    private static String share(int shareE4) {
        return java.math.BigDecimal.valueOf(shareE4, 4).stripTrailingZeros().toPlainString();
    }
}
