package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import voltage.forecast.artifact.Manifest;
import voltage.local.lane.LaneAccess;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;

@Command(
        name = "list",
        description = "All versions with the ensemble's Brier score at 20 bp, and what the lane's pointer has been.")
final class ModelsListCommand implements Callable<Integer> {
    private static final int CHANGES = 10;
    private static final String TARGET = "event-15m-20bp";

    @Mixin
    private LaneOptions options = new LaneOptions();

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            ModelRegistry registry = access.models();
            ModelPointer pointer = registry.pointer(access.lane());
            List<ModelPointer> history = registry.history(access.lane(), CHANGES);
            if (options.isJson()) {
                print(access, registry, pointer, history);
                return ExitCode.OK;
            }
            options.say("lane " + access.lane().label() + " (" + LaneOptions.where(access) + ")");
            List<String> versions = registry.store().versions();
            if (versions.isEmpty()) {
                options.say("  no models; bring some: ./voltage models promote VERSION --from DIR --lane "
                        + access.lane().label());
            }
            for (String version : versions) {
                options.say("  " + version + "  " + figures(registry, version) + role(pointer, version));
            }
            history.forEach(change -> options.say("  " + Instant.ofEpochSecond(0, change.atNanos()) + "  champion "
                    + change.champion().orElse("none") + ", challenger "
                    + change.challenger().orElse("none") + ", by " + change.by() + ": " + change.why()));
            return ExitCode.OK;
        }
    }

    static String role(ModelPointer pointer, String version) {
        if (pointer.champion().filter(version::equals).isPresent()) {
            return "  CHAMPION";
        }
        if (pointer.challenger().filter(version::equals).isPresent()) {
            return "  challenger";
        }
        return pointer.former().contains(version) ? "  former champion" : "";
    }

    private static String figures(ModelRegistry registry, String version) {
        try {
            Manifest manifest = registry.store().read(version).manifest();
            Manifest.@Nullable Metric ensemble = manifest.metric(TARGET, "ensemble");
            Manifest.@Nullable Metric har = manifest.metric(TARGET, "harLogit");
            return ensemble == null || har == null
                    ? "not measured at 20 bp"
                    : String.format(
                            Locale.ROOT,
                            "20 bp Brier %.4f (HAR-logit %.4f), tested %s to %s",
                            ensemble.brier(),
                            har.brier(),
                            manifest.data().testedFrom(),
                            manifest.data().testedTo());
        } catch (RuntimeException e) {
            return "BROKEN: " + e.getMessage();
        }
    }

    private void print(LaneAccess access, ModelRegistry registry, ModelPointer pointer, List<ModelPointer> history)
            throws JsonProcessingException {
        ObjectNode body = options.body(access);
        body.put("champion", pointer.champion().orElse(null))
                .put("challenger", pointer.challenger().orElse(null));
        ArrayNode versions = body.putArray("versions");
        registry.store().versions().forEach(versions::add);
        ArrayNode changes = body.putArray("history");
        for (ModelPointer change : history) {
            changes.addObject()
                    .put("revision", change.revision())
                    .put("at", Instant.ofEpochSecond(0, change.atNanos()).toString())
                    .put("champion", change.champion().orElse(null))
                    .put("challenger", change.challenger().orElse(null))
                    .put("by", change.by())
                    .put("why", change.why());
        }
        options.print(body);
    }
}
