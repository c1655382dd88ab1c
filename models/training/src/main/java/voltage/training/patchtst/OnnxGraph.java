package voltage.training.patchtst;

import java.util.Arrays;
import voltage.forecast.feature.MinuteWindow;

/**
 * {@link Network} for one window, as ONNX: without dropout, what is added to a patch added up before, and the division of the scores
 * multiplied into the queries' weights.
 */
final class OnnxGraph {
    private static final int CHANNELS = MinuteWindow.CHANNELS;

    private final NetSettings net;
    private final NetLayout layout;
    private final float[] weights;
    private final OnnxNodes nodes = new OnnxNodes("patchtst");

    private OnnxGraph(NetSettings net, NetLayout layout, float[] weights) {
        this.net = net;
        this.layout = layout;
        this.weights = weights;
    }

    static byte[] of(NetSettings net, int events, int levels, float[] weights) {
        return new OnnxGraph(net, new NetLayout(net, events, levels), weights).write(events, levels);
    }

    private byte[] write(int events, int levels) {
        int patches = net.patches();
        int width = net.width();
        String window = nodes.input("window", 1, CHANNELS, MinuteWindow.MINUTES);
        String level = nodes.input("levels", 1, levels);
        String x = nodes.add(
                nodes.matrix(nodes.reshape(window, CHANNELS, patches, net.patch()), constant("patch.weight")),
                nodes.constant(marks(), CHANNELS, patches, width));
        for (int layer = 0; layer < net.layers(); layer++) {
            String at = "layer" + layer + ".";
            x = nodes.add(x, attention(at, norm(at + "norm1", x)));
            String inner = nodes.gelu(linear(at + "up", norm(at + "norm2", x)));
            x = nodes.add(x, linear(at + "down", inner));
        }
        String flat = nodes.reshape(norm("norm", x), CHANNELS, (long) patches * width);
        String joined = nodes.linear(level, constant("head.levels"), constant("head.bias"));
        String hidden = nodes.gelu(nodes.add(nodes.matrix(flat, constant("head.weight")), joined));
        String direct = nodes.linear(level, constant("event.levels"), constant("event.bias"));
        String logits = nodes.add(nodes.matrix(hidden, constant("event.weight")), direct);
        return nodes.finish(nodes.meanOfRows(nodes.sigmoid(logits)), "probabilities", 1, events);
    }

    private String attention(String at, String x) {
        int heads = net.heads();
        int width = net.width();
        float scale = (float) (1 / Math.sqrt(width / (double) heads));
        String weight = nodes.constant(scaled(at + "qkv.weight", scale), width, 3L * width);
        String bias = nodes.constant(scaled(at + "qkv.bias", scale), 3L * width);
        String qkv = nodes.reshape(
                nodes.add(nodes.matrix(x, weight), bias), CHANNELS, net.patches(), 3L * heads, width / heads);
        String[] split = nodes.thirds(nodes.transpose(qkv, 0, 2, 1, 3), heads);
        String scores = nodes.softmax(nodes.matrix(split[0], nodes.transpose(split[1], 0, 1, 3, 2)));
        String seen = nodes.transpose(nodes.matrix(scores, split[2]), 0, 2, 1, 3);
        return linear(at + "out", nodes.reshape(seen, CHANNELS, net.patches(), width));
    }

    /** Queries stand in the first third of each row. */
    private float[] scaled(String name, float scale) {
        float[] values = values(name);
        for (int i = 0; i < values.length; i++) {
            values[i] *= i % (3 * net.width()) < net.width() ? scale : 1;
        }
        return values;
    }

    /** Bias, position and channel of each patch, added up. */
    private float[] marks() {
        float[] bias = values("patch.bias");
        float[] position = values("position");
        float[] channel = values("channel");
        int width = net.width();
        float[] marks = new float[CHANNELS * net.patches() * width];
        for (int i = 0; i < marks.length; i++) {
            int c = i / (net.patches() * width);
            marks[i] = bias[i % width] + position[i % position.length] + channel[c * width + i % width];
        }
        return marks;
    }

    private String linear(String name, String x) {
        return nodes.add(nodes.matrix(x, constant(name + ".weight")), constant(name + ".bias"));
    }

    private String norm(String name, String x) {
        return nodes.norm(x, constant(name + ".scale"), constant(name + ".shift"), Network.EPSILON);
    }

    private String constant(String name) {
        return nodes.constant(values(name), layout.part(name).shape());
    }

    private float[] values(String name) {
        NetLayout.Part part = layout.part(name);
        return Arrays.copyOfRange(weights, part.offset(), part.offset() + part.size());
    }
}
