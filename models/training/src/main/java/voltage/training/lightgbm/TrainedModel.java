package voltage.training.lightgbm;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import voltage.forecast.lightgbm.LightGbmModel;

/**
 * What training gave.
 *
 * @param text the model in LightGBM's own format
 * @param features in the order of a row
 * @param bestRound trees in the text
 * @param heldOutLogLoss after each round trained; empty without held-out examples
 * @param gains what each feature's splits gained in all
 * @param seconds that training took
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record TrainedModel(
        String text, List<String> features, int bestRound, double[] heldOutLogLoss, double[] gains, double seconds) {
    public TrainedModel {
        features = List.copyOf(features);
    }

    /** The model as the worker serves it. */
    public LightGbmModel served() {
        try {
            return LightGbmModel.read(new StringReader(text), "just trained", features);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }
}
