package voltage.forecast.lightgbm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the text of a LightGBM model: a head, one block of key=value lines per tree, {@code end of trees}, and things we do not need. */
final class ModelFile {
    private static final String TRAIN_AGAIN = "train it again, or fetch the artefact again if it was cut or altered";

    private static final int MOST_LEAVES = 1 << 16;
    private static final int CATEGORICAL = 1;
    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_SHIFT = 2;
    private static final int MISSING_NONE = 0;
    private static final int MISSING_ZERO = 1;
    private static final int MISSING_NAN = 2;

    private final BufferedReader in;
    private final String source;
    private final Map<String, Value> block = new HashMap<>();
    private int line;

    private int[] roots = new int[64];
    private int[] depths = new int[8];
    private int trees;
    private long[] nodes = new long[4096];
    private int size;
    private boolean zeroIsMissing;

    /** What stood right of a key, and where. */
    private record Value(String text, int line) {}

    ModelFile(Reader in, String source) {
        this.in = new BufferedReader(in);
        this.source = source;
    }

    LightGbmModel read(List<String> features) throws IOException {
        String first = next();
        if (first == null || !first.strip().equals("tree")) {
            throw broken(
                    line, "the first line of a model is \"tree\", was " + quoted(first), "give LightGBM's text format");
        }
        String end = readBlock();
        double sigmoid = head(features);
        int expected = words(value("tree_sizes")).length;
        while (end != null && end.startsWith("Tree=")) {
            if (!end.equals("Tree=" + trees)) {
                throw broken(line, "trees are numbered from 0, expected Tree=" + trees + ", was " + end, TRAIN_AGAIN);
            }
            int start = line;
            end = readBlock();
            tree(start, features.size());
        }
        if (end == null) {
            throw broken(line, "the file ends before \"end of trees\"", "fetch the artefact again, it was cut");
        }
        if (trees != expected) {
            throw broken(line, "tree_sizes announces " + expected + " trees, was " + trees, TRAIN_AGAIN);
        }
        int found = trees;
        while (trees % LightGbmModel.ABREAST != 0) {
            addTree(size, 0);
            addLeaf(0);
        }
        return new LightGbmModel(
                features,
                sigmoid,
                found,
                Arrays.copyOf(roots, trees),
                Arrays.copyOf(depths, trees / LightGbmModel.ABREAST),
                Arrays.copyOf(nodes, size),
                zeroIsMissing);
    }

    /** Reads key=value lines up to the line that begins a tree or ends them all, which is returned; null at the end of the file. */
    private @Nullable String readBlock() throws IOException {
        block.clear();
        for (String text = next(); text != null; text = next()) {
            if (text.startsWith("Tree=") || text.equals("end of trees")) {
                return text;
            }
            int equals = text.indexOf('=');
            if (equals > 0) {
                if (block.put(text.substring(0, equals), new Value(text.substring(equals + 1), line)) != null) {
                    throw broken(line, "a key stands once, was there again: " + text.substring(0, equals), TRAIN_AGAIN);
                }
            } else if (!text.isEmpty()) {
                block.put(text, new Value("", line));
            }
        }
        return null;
    }

    private double head(List<String> features) {
        Value version = value("version");
        if (!version.text().equals("v3") && !version.text().equals("v4")) {
            throw broken(
                    version.line(),
                    "versions v3 and v4 are known, was " + version.text(),
                    "train it with LightGBM 3 or 4");
        }
        if (number("num_class") != 1 || number("num_tree_per_iteration") != 1) {
            throw broken(value("num_class").line(), "a model has one class", "train it with objective=binary");
        }
        Value average = block.get("average_output");
        if (average != null) {
            throw broken(
                    average.line(), "averaged trees (random forest) are not evaluated", "train it with boosting=gbdt");
        }
        Value names = value("feature_names");
        List<String> found = Arrays.asList(words(names));
        if (!found.equals(features)) {
            throw broken(
                    names.line(),
                    "its features differ from those of the caller: " + difference(found, features),
                    "train it again on today's features, or load the model that belongs to this version");
        }
        Value last = value("max_feature_idx");
        if (integer(last.text(), last) != features.size() - 1 || features.size() > LightGbmModel.FEATURE_LIMIT) {
            throw broken(last.line(), "max_feature_idx does not fit " + features.size() + " features", TRAIN_AGAIN);
        }
        return sigmoid(value("objective"));
    }

    private double sigmoid(Value objective) {
        String[] words = words(objective);
        if (words.length == 2 && words[0].equals("binary") && words[1].startsWith("sigmoid:")) {
            double sigmoid = finite(words[1].substring("sigmoid:".length()), objective);
            if (sigmoid > 0) {
                return sigmoid;
            }
        }
        throw broken(
                objective.line(),
                "the objective is \"binary sigmoid:S\" with S above 0, was " + quoted(objective.text()),
                "train it with objective=binary");
    }

    private static String difference(List<String> found, List<String> wanted) {
        for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
            if (!found.get(i).equals(wanted.get(i))) {
                return "number " + (i + 1) + " is " + wanted.get(i) + ", was " + found.get(i);
            }
        }
        return wanted.size() + " are expected, was " + found.size();
    }

    private void tree(int start, int featureCount) {
        if (number("num_cat") != 0) {
            throw broken(
                    value("num_cat").line(),
                    "categorical splits are not evaluated",
                    "train it without categorical features (encode them as numbers)");
        }
        Value linear = block.get("is_linear");
        if (linear != null && !linear.text().equals("0")) {
            throw broken(linear.line(), "linear leaves are not evaluated", "train it with linear_tree=false");
        }
        int leaves = number("num_leaves");
        if (leaves < 1 || leaves > MOST_LEAVES) {
            throw broken(start, "num_leaves must be 1 to " + MOST_LEAVES + ", was " + leaves, TRAIN_AGAIN);
        }
        if (size + 4L * leaves + 2L * LightGbmModel.ABREAST > LightGbmModel.LONGS_LIMIT) {
            throw broken(start, "a model has at most a million splits", "train it with fewer trees or leaves");
        }
        int first = size;
        int splits = leaves - 1;
        int depth = splits == 0 ? 0 : splits(splits, first, featureCount);
        Value values = value("leaf_value");
        String[] words = words(values, leaves);
        addTree(first, depth);
        for (String word : words) {
            addLeaf(finite(word, values));
        }
    }

    /** Adds the splits of a tree, and tells how deep it is. Its leaves follow them. */
    private int splits(int count, int first, int featureCount) {
        Value features = value("split_feature");
        Value thresholds = value("threshold");
        Value decisions = value("decision_type");
        Value lefts = value("left_child");
        Value rights = value("right_child");
        String[] feature = words(features, count);
        String[] threshold = words(thresholds, count);
        String[] decision = words(decisions, count);
        String[] left = words(lefts, count);
        String[] right = words(rights, count);
        int[] depth = new int[2 * count + 1];
        depth[0] = 1;
        int deepest = 0;
        for (int i = 0; i < count; i++) {
            int column = integer(feature[i], features);
            if (column < 0 || column >= featureCount) {
                throw broken(
                        features.line(),
                        "split_feature must be below " + featureCount + ", was " + column,
                        TRAIN_AGAIN);
            }
            double limit = limit(threshold[i], thresholds);
            long link = (long) column << LightGbmModel.FEATURE_SHIFT
                    | missing(integer(decision[i], decisions), limit, decisions)
                    | (first + 2L * child(integer(left[i], lefts), i, depth, lefts))
                    | (first + 2L * child(integer(right[i], rights), i, depth, rights)) << LightGbmModel.RIGHT_SHIFT;
            zeroIsMissing |= link < 0;
            deepest = Math.max(deepest, depth[i]);
            addNode(Double.doubleToRawLongBits(limit), link);
        }
        return deepest;
    }

    /** Where NaN goes, and whether zero goes with it. */
    private long missing(int decision, double threshold, Value at) {
        if ((decision & CATEGORICAL) != 0) {
            throw broken(at.line(), "categorical splits are not evaluated", "train it without categorical features");
        }
        boolean defaultLeft = (decision & DEFAULT_LEFT) != 0;
        return switch (decision >> MISSING_SHIFT) {
            case MISSING_NONE -> 0 <= threshold ? LightGbmModel.NAN_LEFT : 0;
            case MISSING_ZERO -> LightGbmModel.ZERO_IS_MISSING | (defaultLeft ? LightGbmModel.NAN_LEFT : 0);
            case MISSING_NAN -> defaultLeft ? LightGbmModel.NAN_LEFT : 0;
            default -> throw broken(at.line(), "decision_type is 0 to 11, was " + decision, TRAIN_AGAIN);
        };
    }

    /**
     * The place of a child among splits and leaves. Every split but the first and every leaf is the child of one earlier split: thus a walk
     * ends.
     *
     * @param depth of splits and leaves counted from 1, 0 for those that have no parent yet
     */
    private int child(int child, int parent, int[] depth, Value at) {
        int count = depth.length / 2;
        int place = child < 0 ? count + ~child : child;
        if (place < 0
                || place >= depth.length
                || (child >= 0 && (child >= count || child <= parent))
                || depth[place] != 0) {
            throw broken(
                    at.line(),
                    "each leaf and each later split is the child of one split, was " + child + " below split " + parent,
                    TRAIN_AGAIN);
        }
        depth[place] = depth[parent] + 1;
        return place;
    }

    private void addTree(int root, int depth) {
        if (trees == roots.length) {
            roots = Arrays.copyOf(roots, 2 * trees);
            depths = Arrays.copyOf(depths, roots.length / LightGbmModel.ABREAST);
        }
        int group = trees / LightGbmModel.ABREAST;
        depths[group] = Math.max(depths[group], depth);
        roots[trees++] = root;
    }

    /** A leaf is its own child, whatever is compared with it. */
    private void addLeaf(double value) {
        addNode(Double.doubleToRawLongBits(value), size | (long) size << LightGbmModel.RIGHT_SHIFT);
    }

    private void addNode(long threshold, long link) {
        if (size + 2 > nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * nodes.length);
        }
        nodes[size++] = threshold;
        nodes[size++] = link;
    }

    private Value value(String key) {
        Value value = block.get(key);
        if (value == null) {
            throw broken(line, "\"" + key + "=\" must stand before this line", TRAIN_AGAIN);
        }
        return value;
    }

    private int number(String key) {
        Value value = value(key);
        return integer(value.text(), value);
    }

    private int integer(String text, Value at) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw broken(at.line(), "whole numbers stand here, was " + quoted(text), TRAIN_AGAIN);
        }
    }

    /** A threshold; LightGBM writes inf where it parts NaN from all numbers. */
    private double limit(String text, Value at) {
        return text.equals("inf") ? Double.POSITIVE_INFINITY : finite(text, at);
    }

    private double finite(String text, Value at) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw broken(at.line(), "finite numbers stand here, was " + quoted(text), TRAIN_AGAIN);
        }
        return value;
    }

    private String[] words(Value value, int count) {
        String[] words = words(value);
        if (words.length != count) {
            throw broken(value.line(), count + " values stand here, was " + words.length, TRAIN_AGAIN);
        }
        return words;
    }

    private static String[] words(Value value) {
        List<String> words = new ArrayList<>();
        String text = value.text();
        for (int from = 0; from < text.length(); ) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            if (to > from) {
                words.add(text.substring(from, to));
            }
            from = to + 1;
        }
        return words.toArray(String[]::new);
    }

    private @Nullable String next() throws IOException {
        line++;
        return in.readLine();
    }

    private BrokenModelException broken(int at, String rule, String remedy) {
        return new BrokenModelException(source, at, rule, remedy);
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "nothing";
        }
        return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
    }
}
