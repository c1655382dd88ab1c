package voltage.training.patchtst;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import voltage.forecast.patchtst.NetInputs;
import voltage.forecast.patchtst.PatchTst;

/**
 * A net and how it came about.
 *
 * @param onnx the graph for serving
 * @param trainRows rows that it could learn from
 * @param stopRows rows that stopped it; all are of the time before the held-out span
 * @param worstDifference between what PyTorch and ONNX Runtime said of the last rows, in probability
 * @param seconds of the epochs, whichever process ran them
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record TrainedNet(
        byte[] onnx,
        NetInputs inputs,
        NetSettings settings,
        List<EpochFigures> epochs,
        int trainRows,
        int stopRows,
        double worstDifference,
        double seconds) {
    public static final String METRICS = "patchtst-metrics.json";

    /** From 1. */
    public int bestEpoch() {
        return EpochFigures.best(epochs) + 1;
    }

    /** Least mean log loss of an event on the rows that stopped the training. */
    public double stopLoss() {
        return epochs.get(bestEpoch() - 1).stopLoss();
    }

    /** For serving; to be closed. */
    public PatchTst served() {
        return PatchTst.load(onnx, inputs);
    }

    /** The two files that serve it, for an artifact. */
    public SortedMap<String, byte[]> files() {
        return new TreeMap<>(
                Map.of(PatchTst.GRAPH, onnx, PatchTst.INPUTS, inputsJson().getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes them and the metrics into a folder. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(folder.resolve(METRICS), metricsJson());
    }

    public String inputsJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            inputs.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory can be written", e);
        }
        return text + "\n";
    }

    public String metricsJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            out.writeStartObject();
            out.writeStringField("settings", settings.toString());
            out.writeNumberField("trainRows", trainRows);
            out.writeNumberField("stopRows", stopRows);
            out.writeNumberField("bestEpoch", bestEpoch());
            out.writeNumberField("stopLogLoss", stopLoss());
            out.writeNumberField("worstDifference", worstDifference);
            out.writeNumberField("seconds", seconds);
            out.writeArrayFieldStart("epochs");
            for (EpochFigures epoch : epochs) {
                out.writeStartObject();
                out.writeNumberField("trainLogLoss", epoch.trainLoss());
                out.writeNumberField("stopLogLoss", epoch.stopLoss());
                out.writeNumberField("seconds", epoch.seconds());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory can be written", e);
        }
        return text + "\n";
    }
}
