package voltage.training.patchtst;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voltage.forecast.feature.MinuteWindow;

/**
 * The graph in PyTorch: PatchTST (Nie, Nguyen, Sinthong, Kalagnanam 2023) with norms before the blocks. Each channel's patches go through the
 * same weights on their own; the head joins the levels to each, and the channels' probabilities are averaged. {@link OnnxGraph} is
 * the same graph for serving.
 */
final class Network {
    static final float EPSILON = 1e-5f;
    private static final int CHANNELS = MinuteWindow.CHANNELS;

    private final NetSettings net;
    private final NetLayout layout;
    private final int events;
    private final int levels;

    Network(NetSettings net, NetLayout layout, int events, int levels) {
        this.net = net;
        this.layout = layout;
        this.events = events;
        this.levels = levels;
    }

    /**
     * Probabilities, rows by events.
     *
     * @param weights all, as the layout has them
     * @param windows rows × 3 × 60
     * @param level rows × levels
     */
    NDArray forward(NDArray weights, NDArray windows, NDArray level, boolean training) {
        long rows = windows.getShape().get(0);
        Map<String, NDArray> parts = parts(weights);
        NDArray x = windows.reshape(rows * CHANNELS, net.patches(), net.patch())
                .matMul(of(parts, "patch.weight"))
                .add(of(parts, "patch.bias"))
                .add(of(parts, "position"));
        x = x.reshape(rows, CHANNELS, net.patches(), net.width())
                .add(of(parts, "channel"))
                .reshape(rows * CHANNELS, net.patches(), net.width());
        x = dropped(x, training);
        for (int layer = 0; layer < net.layers(); layer++) {
            String at = "layer" + layer + ".";
            x = x.add(dropped(attention(parts, at, norm(parts, at + "norm1", x)), training));
            NDArray inner = Activation.gelu(linear(parts, at + "up", norm(parts, at + "norm2", x)));
            x = x.add(dropped(linear(parts, at + "down", dropped(inner, training)), training));
        }
        NDArray flat = norm(parts, "norm", x).reshape(rows, CHANNELS, (long) net.patches() * net.width());
        NDArray joined = level.reshape(rows, 1, levels);
        NDArray hidden = Activation.gelu(flat.matMul(of(parts, "head.weight"))
                .add(joined.matMul(of(parts, "head.levels")))
                .add(of(parts, "head.bias")));
        NDArray logits = dropped(hidden, training)
                .matMul(of(parts, "event.weight"))
                .add(joined.matMul(of(parts, "event.levels")))
                .add(of(parts, "event.bias"));
        return Activation.sigmoid(logits).mean(new int[] {1}).reshape(rows, events);
    }

    private Map<String, NDArray> parts(NDArray weights) {
        NDList cut = weights.split(layout.cuts());
        List<NetLayout.Part> known = layout.parts();
        Map<String, NDArray> parts = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            parts.put(known.get(i).name(), cut.get(i).reshape(known.get(i).shape()));
        }
        return parts;
    }

    private static NDArray of(Map<String, NDArray> parts, String name) {
        return Optional.ofNullable(parts.get(name)).orElseThrow(() -> new IllegalArgumentException("no part " + name));
    }

    private NDArray attention(Map<String, NDArray> parts, String at, NDArray x) {
        long sequences = x.getShape().get(0);
        int heads = net.heads();
        NDArray qkv = linear(parts, at + "qkv", x)
                .reshape(sequences, net.patches(), 3L * heads, net.width() / heads)
                .transpose(0, 2, 1, 3);
        NDList split = qkv.split(new long[] {heads, 2L * heads}, 1);
        NDArray scores = split.get(0).matMul(split.get(1).transpose(0, 1, 3, 2)).mul((float)
                (1 / Math.sqrt(net.width() / (double) heads)));
        NDArray seen = scores.softmax(-1)
                .matMul(split.get(2))
                .transpose(0, 2, 1, 3)
                .reshape(sequences, net.patches(), net.width());
        return linear(parts, at + "out", seen);
    }

    private static NDArray linear(Map<String, NDArray> parts, String name, NDArray x) {
        return x.matMul(of(parts, name + ".weight")).add(of(parts, name + ".bias"));
    }

    private NDArray norm(Map<String, NDArray> parts, String name, NDArray x) {
        return LayerNorm.layerNorm(
                        x, new Shape(net.width()), of(parts, name + ".scale"), of(parts, name + ".shift"), EPSILON)
                .singletonOrThrow();
    }

    private NDArray dropped(NDArray x, boolean training) {
        return training && net.dropout() > 0
                ? Dropout.dropout(x, (float) net.dropout(), true).singletonOrThrow()
                : x;
    }
}
