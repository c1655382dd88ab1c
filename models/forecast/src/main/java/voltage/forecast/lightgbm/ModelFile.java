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
    private int trees;
    private long[] nodes = new long[4096];
    private int nodeLongs;
    private double[] leaves = new double[4096];
    private int leafCount;
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
        return new LightGbmModel(
                features,
                sigmoid,
                Arrays.copyOf(roots, trees),
                Arrays.copyOf(nodes, nodeLongs),
                Arrays.copyOf(leaves, leafCount),
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
        int count = number("num_leaves");
        if (count < 1 || count > LightGbmModel.NODE_LIMIT) {
            throw broken(start, "num_leaves must be 1 to " + LightGbmModel.NODE_LIMIT + ", was " + count, TRAIN_AGAIN);
        }
        int firstLeaf = leafCount;
        int firstNode = nodeLongs;
        if (firstLeaf + count >= LightGbmModel.LEAF || firstNode + 2 * count >= LightGbmModel.LEAF) {
            throw broken(start, "a model has at most a million splits", "train it with fewer trees or leaves");
        }
        Value values = value("leaf_value");
        for (String word : words(values, count)) {
            addLeaf(finite(word, values));
        }
        addRoot(count == 1 ? firstLeaf | LightGbmModel.LEAF : firstNode);
        if (count > 1) {
            splits(count - 1, firstNode, firstLeaf, featureCount);
        }
    }

    private void splits(int count, int firstNode, int firstLeaf, int featureCount) {
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
        boolean[] reached = new boolean[2 * count + 1];
        for (int i = 0; i < count; i++) {
            int column = integer(feature[i], features);
            if (column < 0 || column >= featureCount) {
                throw broken(features.line(), "split_feature must be below " + featureCount + ", was " + column, TRAIN_AGAIN);
            }
            double limit = limit(threshold[i], thresholds);
            long link = (long) column << LightGbmModel.FEATURE_SHIFT
                    | missing(integer(decision[i], decisions), limit, decisions)
                    | child(integer(left[i], lefts), i, count, reached, lefts, firstNode, firstLeaf)
                    | child(integer(right[i], rights), i, count, reached, rights, firstNode, firstLeaf)
                            << LightGbmModel.RIGHT_SHIFT;
            zeroIsMissing |= link < 0;
            addNode(Double.doubleToRawLongBits(limit), link);
        }
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

    /** Every node but the root and every leaf is the child of one earlier node: thus a walk ends. */
    private long child(int child, int parent, int count, boolean[] reached, Value at, int firstNode, int firstLeaf) {
        boolean leaf = child < 0;
        int index = leaf ? ~child : child;
        int mark = leaf ? count + index : index;
        if ((leaf ? index > count : index >= count || index <= parent) || reached[mark]) {
            throw broken(
                    at.line(),
                    "each leaf and each later split is the child of one split, was " + child + " below split " + parent,
                    TRAIN_AGAIN);
        }
        reached[mark] = true;
        return leaf ? (firstLeaf + index) | LightGbmModel.LEAF : firstNode + 2L * index;
    }

    private void addRoot(int root) {
        if (trees == roots.length) {
            roots = Arrays.copyOf(roots, 2 * trees);
        }
        roots[trees++] = root;
    }

    private void addLeaf(double value) {
        if (leafCount == leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * leafCount);
        }
        leaves[leafCount++] = value;
    }

    private void addNode(long threshold, long link) {
        if (nodeLongs == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * nodeLongs);
        }
        nodes[nodeLongs++] = threshold;
        nodes[nodeLongs++] = link;
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
