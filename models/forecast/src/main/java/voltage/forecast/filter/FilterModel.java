package voltage.forecast.filter;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.strategy.EntryFeatures;

/**
 * Boosted trees that give an entry its probability of a profit, and the least probability that is good enough. Takes {@link EntryFeatures}
 * and nothing else: there is no way to show it anything that is known later.
 */
public final class FilterModel {
    private static final int VERSION_BYTES = 6;

    private final String version;
    private final int thresholdE4;
    private final String text;
    private final LightGbmModel trees;

    private FilterModel(String version, int thresholdE4, String text, LightGbmModel trees) {
        this.version = version;
        this.thresholdE4 = thresholdE4;
        this.text = text;
        this.trees = trees;
    }

    /**
     * Reads a model.
     *
     * @param text LightGBM's own format over {@link EntryFeatures#NAMES}
     * @param thresholdE4 in ten-thousandths, 1 to 9 999
     * @throws voltage.forecast.lightgbm.BrokenModelException if the text is no such model
     */
    public static FilterModel of(String text, int thresholdE4) throws IOException {
        if (thresholdE4 < 1 || thresholdE4 > 9_999) {
            throw new IllegalArgumentException(
                    "a threshold is 1 to 9999 ten-thousandths, was " + thresholdE4 + "; train the filter again");
        }
        LightGbmModel trees = LightGbmModel.read(new StringReader(text), "entry filter", EntryFeatures.NAMES);
        return new FilterModel(versionOf(text, thresholdE4), thresholdE4, text, trees);
    }

    /** What it is made of, hashed: equal versions decide alike. */
    private static String versionOf(String text, int thresholdE4) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((thresholdE4 + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Probability of a profit, in ten-thousandths. */
    public int winE4(EntryFeatures features) {
        double[] row = new double[EntryFeatures.NAMES.size()];
        features.fill(row);
        return (int) StrictMath.rint(trees.probability(row) * 1e4);
    }

    public String version() {
        return version;
    }

    public int thresholdE4() {
        return thresholdE4;
    }

    /** The trees in LightGBM's format. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return "entry filter " + version + ", threshold " + thresholdE4 / 1e4;
    }
}
