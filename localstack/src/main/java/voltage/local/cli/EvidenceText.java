package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import voltage.forecast.model.ModelSet;
import voltage.local.lane.LaneAccess;
import voltage.order.Lane;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;
import voltage.training.promotion.PromotionEvidence;
import voltage.training.promotion.PromotionGates;
import voltage.training.promotion.ShadowEvidence;
import voltage.worker.replay.JournalTape;

/** Evidence for and against a challenger, for people and for scripts. */
final class EvidenceText {
    private EvidenceText() {}

    /** What a lane asks of a challenger. */
    static PromotionGates gates(Lane lane) {
        return switch (lane) {
            case REPLAY, PAPER -> PromotionGates.PAPER;
            case CANARY, LIVE -> PromotionGates.EXCHANGE;
        };
    }

    /** Of the pointer's challenger, by a run's journal. */
    static PromotionEvidence shadow(ModelRegistry registry, ModelPointer pointer, Path journal) {
        String champion = pointer.champion().orElse("");
        String challenger = pointer.challenger()
                .orElseThrow(() -> new Refusal(
                        ExitCode.CONFIGURATION,
                        "lane " + pointer.lane().label()
                                + " has no challenger; name one: ./voltage models shadow VERSION"));
        requireComparable(registry.load(champion), registry.load(challenger));
        JournalTape tape = JournalTape.read(journal);
        return ShadowEvidence.of(
                champion, challenger, tape.minutes(), tape.forecasts(), tape.failures(), trials(registry, champion));
    }

    /** One volatility is made of all events of a set, so sets are compared on the same ones. */
    static void requireComparable(ModelSet champion, ModelSet challenger) {
        if (!events(champion).equals(events(challenger))
                || !champion.basis().set().equals(challenger.basis().set())) {
            throw new Refusal(
                    ExitCode.REFUSED,
                    challenger.version() + " forecasts " + events(challenger) + " from "
                            + challenger.basis().set().version() + ", the champion " + champion.version() + " "
                            + events(champion) + " from "
                            + champion.basis().set().version()
                            + ": only sets of the same events and features are compared; train one like it");
        }
    }

    private static List<String> events(ModelSet set) {
        return set.models().stream().map(model -> model.event().name()).toList();
    }

    /** Versions that have been measured against the champion: all others that there are. */
    static int trials(ModelRegistry registry, String champion) {
        return Math.max(1, (int) registry.store().versions().stream()
                .filter(version -> !version.equals(champion))
                .count());
    }

    static int print(LaneOptions options, LaneAccess access, PromotionEvidence evidence)
            throws JsonProcessingException {
        List<PromotionGates.Criterion> criteria = gates(access.lane()).judge(evidence);
        boolean passes = criteria.stream().allMatch(PromotionGates.Criterion::passes);
        if (options.isJson()) {
            ObjectNode body = options.body(access);
            body.put("champion", evidence.champion())
                    .put("challenger", evidence.challenger())
                    .put("evidence", evidence.kind().name())
                    .put("passes", passes);
            ArrayNode list = body.putArray("criteria");
            criteria.forEach(criterion -> list.addObject()
                    .put("name", criterion.name())
                    .put("passes", criterion.passes())
                    .put("words", criterion.words()));
            options.print(body);
            return passes ? ExitCode.OK : ExitCode.REFUSED;
        }
        options.say("challenger " + evidence.challenger() + " against champion " + evidence.champion() + ", "
                + evidence.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ":");
        criteria.forEach(criterion -> options.say(
                "  " + (criterion.passes() ? "pass  " : "FAIL  ") + criterion.name() + ": " + criterion.words()));
        options.say(
                passes
                        ? "  it may be promoted: ./voltage models promote " + evidence.challenger() + " --lane "
                                + access.lane().label()
                        : "  it may not be promoted");
        return passes ? ExitCode.OK : ExitCode.REFUSED;
    }
}
