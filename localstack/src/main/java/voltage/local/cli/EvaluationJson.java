package voltage.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.training.evaluate.AtMinute;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.Evaluation;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.MarketPool;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.Spans;
import voltage.training.measure.Interval;

/** An evaluation as one JSON object; the command's help says what is in it. */
final class EvaluationJson {
    private static final List<String> MODELS =
            List.of("climatology", "harLogit", "lightgbm", "patchtst", "ensemble", "market", "ideal");

    private EvaluationJson() {}

    static ObjectNode of(Evaluation evaluation) {
        ObjectNode body = LaneOptions.JSON
                .createObjectNode()
                .put("features", evaluation.featureSet())
                .put("candleHash", evaluation.candleHash());
        Spans first = evaluation.folds().getFirst();
        body.put("trainedFrom", at(first.fromNanos()))
                .put("heldOutFrom", at(first.holdFromNanos()))
                .put("testedFrom", at(first.testFromNanos()))
                .put("testedTo", at(evaluation.folds().getLast().endNanos()));
        ObjectNode targets = body.putObject("targets");
        evaluation
                .events()
                .forEach(event -> event(targets.putObject(event.event().name()), event));
        outcomes(body, evaluation.outcomes());
        ContractEvaluation.Report contracts = evaluation.contracts();
        if (contracts == null) {
            return body.putNull("minutes").putNull("minutesSameMinute");
        }
        ObjectNode about = body.putObject("contracts")
                .put("markets", contracts.markets())
                .put("quotes", contracts.quotes())
                .put("leftOut", contracts.unknown())
                .put("from", at(contracts.firstNanos()))
                .put("to", at(contracts.lastNanos()));
        spans(about, contracts.spans());
        side(body, "minutes", contracts.sides().getFirst());
        side(body, "minutesSameMinute", contracts.sides().getLast());
        return body;
    }

    private static void spans(ObjectNode node, Spans spans) {
        node.put("trainedFrom", at(spans.fromNanos()))
                .put("heldOutFrom", at(spans.holdFromNanos()))
                .put("testedFrom", at(spans.testFromNanos()))
                .put("testedTo", at(spans.endNanos()));
    }

    private static void event(ObjectNode target, EventEvaluation.Report report) {
        target.put("n", report.instants()).put("baseRate", report.baseRate());
        models(target, report.figures());
        difference(target.putObject("ensembleLessHarLogit"), report.againstHar());
        difference(target.putObject("ensembleLessLightgbm"), report.againstTrees());
        ArrayNode folds = target.putArray("folds");
        for (EventEvaluation.Fold fold : report.folds()) {
            ObjectNode row = folds.addObject();
            spans(row, fold.spans());
            row.put("n", fold.instants())
                    .put("trainedOn", fold.trainedOn())
                    .put("heldOut", fold.heldOut())
                    .put("trees", fold.trees());
            ObjectNode brier = row.putObject("brier");
            fold.brier().forEach((model, each) -> JsonFigures.put(brier, model, each));
            ObjectNode weights = row.putObject("weights");
            fold.weights().forEach(weights::put);
            row.put("calibrator", fold.calibration().kind());
        }
    }

    private static void side(ObjectNode body, String name, ContractEvaluation.Side side) {
        ObjectNode minutes = body.putObject(name);
        side.minutes().forEach(minute -> minute(minutes.putObject(String.valueOf(minute.minutesToClose())), minute));
        minute(minutes.putObject("all"), side.all());
        MarketPool pool = side.beside();
        ObjectNode beside = body.withObjectProperty("besideMarket").putObject(name);
        if (pool == null) {
            beside.putNull("weight");
            return;
        }
        beside.put("learnedContracts", pool.learned()).put("testedFrom", at(pool.splitNanos()));
        JsonFigures.put(beside, "weight", pool.weight().estimate());
        interval(beside, pool.weight());
        MarketPool.Rest all = pool.rest().getLast();
        models(beside, all.figures());
        difference(beside.putObject("poolLessMarket"), all.againstMarket());
        difference(beside.putObject("poolLessCalibratedMarket"), all.againstCalibrated());
        ObjectNode taker = beside.putObject("assumedTaking")
                .put("contracts", pool.taker().trades())
                .put("feesDollars", pool.taker().feesE6() / 1e6);
        JsonFigures.put(
                taker, "centsPerContract", pool.taker().centsPerContract().estimate());
        interval(taker, pool.taker().centsPerContract());
    }

    private static void minute(ObjectNode node, ContractEvaluation.Minute minute) {
        figures(node, minute, minute.againstMarket().n());
        difference(node.putObject("ensembleLessMarket"), minute.againstMarket());
        ObjectNode skill = node.putObject("ensembleSkillOnMarket");
        JsonFigures.put(skill, "estimate", minute.skill().estimate());
        interval(skill, minute.skill());
        JsonFigures.put(node, "edgeSeen", minute.edgeSeen());
        minute.alarms().forEach(node.putArray("betterThanIdealAllows")::add);
    }

    private static void outcomes(ObjectNode body, @Nullable OutcomeReport report) {
        if (report == null) {
            body.putNull("outcomes");
            return;
        }
        ObjectNode node = body.putObject("outcomes")
                .put("contracts", report.contracts())
                .put("trainedOn", report.trainedOn())
                .put("heldOut", report.heldOut());
        spans(node, report.spans());
        ObjectNode weight = node.putObject("weight");
        JsonFigures.put(weight, "estimate", report.weight().estimate());
        interval(weight, report.weight());
        node.put("calibrator", report.calibration().kind()).put("decision", report.decision());
        differences(node, report.all());
        ObjectNode minutes = node.putObject("minutes");
        report.minutes().forEach(minute -> outcome(minutes.putObject(String.valueOf(minute.minutesToClose())), minute));
        outcome(minutes.putObject("all"), report.all());
    }

    private static void outcome(ObjectNode node, OutcomeReport.Minute minute) {
        figures(node, minute, minute.directLessFormula().n());
        differences(node, minute);
        minute.alarms().forEach(node.putArray("betterThanIdealAllows")::add);
    }

    private static void differences(ObjectNode node, OutcomeReport.Minute minute) {
        difference(node.putObject("directLessFormula"), minute.directLessFormula());
        difference(node.putObject("poolLessFormula"), minute.poolLessFormula());
        difference(node.putObject("calibratedLessFormula"), minute.calibratedLessFormula());
    }

    /** Of all models and of the ideal. */
    private static void figures(ObjectNode node, AtMinute minute, int n) {
        models(node, minute.figures());
        ObjectNode ideal = node.putObject("ideal");
        JsonFigures.put(ideal, "brier", minute.ideal().brier());
        JsonFigures.put(ideal, "logLoss", minute.ideal().logLoss());
        ideal.putNull("auc").putNull("ece");
        ideal.put("n", n).putNull("ci95");
    }

    private static void models(ObjectNode node, Map<String, EventEvaluation.Figures> figures) {
        Set<String> names = new LinkedHashSet<>(MODELS);
        names.addAll(figures.keySet());
        for (String name : names) {
            model(node, name, figures.get(name));
        }
    }

    private static void model(ObjectNode node, String name, EventEvaluation.@Nullable Figures figures) {
        if (figures == null) {
            node.putNull(name);
            return;
        }
        ObjectNode row = node.putObject(name);
        JsonFigures.put(row, "brier", figures.scores().brier());
        JsonFigures.put(row, "logLoss", figures.scores().logLoss());
        JsonFigures.put(row, "auc", figures.scores().auc());
        JsonFigures.put(row, "ece", figures.scores().ece());
        JsonFigures.put(row, "eceByChance", figures.scores().curve().errorByChance());
        row.put("n", figures.scores().n());
        interval(row, figures.brier());
    }

    private static void difference(ObjectNode node, Interval interval) {
        JsonFigures.put(node, "brier", interval.estimate());
        interval(node, interval);
    }

    private static void interval(ObjectNode node, Interval interval) {
        if (Double.isFinite(interval.low()) && Double.isFinite(interval.high())) {
            node.putArray("ci95").add(interval.low()).add(interval.high());
        } else {
            node.putNull("ci95");
        }
    }

    private static String at(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
