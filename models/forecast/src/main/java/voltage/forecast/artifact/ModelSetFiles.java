package voltage.forecast.artifact;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.forecast.ensemble.Ensemble;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureBasis;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.EventNet;
import voltage.forecast.model.ModelSet;
import voltage.forecast.patchtst.PatchTst;

/**
 * A set of models as the files of an artifact: {@code features.json} (the basis), {@code models.json} (for each event its members'
 * coefficients and the ensemble), one {@code EVENT.lightgbm.txt} an event, in LightGBM's own format.
 */
public final class ModelSetFiles {
    private static final String FEATURES = "features.json";
    private static final String MODELS = "models.json";
    private static final String TREES = ".lightgbm.txt";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ModelSetFiles() {}

    /** @param trees LightGBM's text for each event that has trees, by the event's name */
    public static SortedMap<String, byte[]> write(ModelSet set, Map<String, String> trees) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(FEATURES, json(set.basis()::write));
        files.put(MODELS, json(out -> models(out, set)));
        trees.forEach((event, text) -> files.put(event + TREES, text.getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    private static void models(JsonGenerator out, ModelSet set) throws IOException {
        out.writeStartObject();
        out.writeNumberField("tailDegrees", set.tailDegrees());
        out.writeArrayFieldStart("events");
        for (ModelSet.OfEvent of : set.models()) {
            out.writeStartObject();
            out.writeNumberField("horizonMinutes", of.event().horizonMinutes());
            out.writeNumberField("thresholdTenths", of.event().thresholdTenths());
            for (EventModel member : of.ensemble().members()) {
                if (member instanceof EventModel.HarLogit har) {
                    out.writeFieldName("harLogit");
                    out.writeArray(har.coefficients(), 0, har.coefficients().length);
                } else if (member instanceof EventModel.Climatology climatology) {
                    out.writeNumberField("climatology", climatology.rate());
                }
            }
            out.writeFieldName("ensemble");
            of.ensemble().ensemble().write(out);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] json(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes).useDefaultPrettyPrinter()) {
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The models, ready to serve.
     *
     * @throws BrokenArtifactException if a file is not what it should be; the message names it
     */
    public static ModelSet load(ModelArtifact artifact) {
        String version = artifact.version();
        String reading = FEATURES;
        try {
            FeatureBasis basis = FeatureBasis.read(JSON.createParser(artifact.file(FEATURES)));
            reading = PatchTst.GRAPH;
            EventNet net = artifact.files().containsKey(PatchTst.GRAPH)
                    ? PatchTst.load(artifact.file(PatchTst.GRAPH), artifact.file(PatchTst.INPUTS))
                    : null;
            reading = MODELS;
            JsonNode models = JSON.readTree(artifact.file(MODELS));
            List<ModelSet.OfEvent> events = new ArrayList<>();
            for (JsonNode node : models.path("events")) {
                VolatilityEvent event = new VolatilityEvent(
                        node.path("horizonMinutes").intValue(),
                        node.path("thresholdTenths").intValue());
                events.add(new ModelSet.OfEvent(event, pooled(artifact, basis.set(), event, node, net)));
            }
            return new ModelSet(version, basis, models.path("tailDegrees").intValue(), events);
        } catch (BrokenArtifactException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new BrokenArtifactException(version, reading + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static EventModel.Pooled pooled(
            ModelArtifact artifact, FeatureSet features, VolatilityEvent event, JsonNode node, @Nullable EventNet net)
            throws IOException {
        Ensemble ensemble = Ensemble.read(JSON.treeAsTokens(node.path("ensemble")));
        List<EventModel> members = new ArrayList<>();
        for (String name : ensemble.pool().members()) {
            members.add(
                    switch (name) {
                        case "climatology" ->
                            new EventModel.Climatology(node.path(name).doubleValue());
                        case "harLogit" ->
                            new EventModel.HarLogit(EventModel.HarLogit.columns(features), numbers(node.path(name)));
                        case "lightgbm" -> new EventModel.Boosted(trees(artifact, features, event));
                        case "patchtst" -> patched(artifact, net, event);
                        default ->
                            throw new BrokenArtifactException(
                                    artifact.version(), "this code does not know the member \"" + name + "\"");
                    });
        }
        return new EventModel.Pooled(members, ensemble);
    }

    private static EventModel patched(ModelArtifact artifact, @Nullable EventNet net, VolatilityEvent event) {
        if (net == null) {
            throw new BrokenArtifactException(artifact.version(), PatchTst.GRAPH + " is missing");
        }
        return new EventModel.Patched(net, net.events().indexOf(event));
    }

    private static LightGbmModel trees(ModelArtifact artifact, FeatureSet features, VolatilityEvent event)
            throws IOException {
        return LightGbmModel.read(
                new StringReader(treesText(artifact, event)), event.name() + TREES, List.of(features.names()));
    }

    /**
     * LightGBM's own text of an event's trees.
     *
     * @throws BrokenArtifactException if there is none
     */
    public static String treesText(ModelArtifact artifact, VolatilityEvent event) {
        return new String(artifact.file(event.name() + TREES), StandardCharsets.UTF_8);
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }
}
