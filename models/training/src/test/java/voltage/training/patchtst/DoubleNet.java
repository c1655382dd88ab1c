package voltage.training.patchtst;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voltage.forecast.feature.MinuteWindow;
import voltage.forecast.patchtst.NetInputs;

/** The net by its definition, in double and with plain loops: what both PyTorch and ONNX Runtime must come near to. */
final class DoubleNet {
    private final NetSettings net;
    private final NetLayout layout;
    private final float[] weights;
    private final int events;

    private DoubleNet(Task task, float[] weights) {
        net = task.settings();
        layout = new NetLayout(net, task.events(), task.levels());
        events = task.events();
        this.weights = weights;
    }

    /** The one that a training left in its folder. */
    static DoubleNet of(Path folder) throws IOException {
        return new DoubleNet(
                Task.read(folder), TrainingProcess.Result.read(folder).weights());
    }

    double[] probabilities(NetInputs inputs, double[] row, MinuteWindow window) {
        FloatBuffer levels = FloatBuffer.allocate(inputs.levelCount());
        inputs.writeLevels(row, window, levels);
        double[] level = new double[inputs.levelCount()];
        Arrays.setAll(level, levels::get);
        double[] mean = new double[events];
        for (int channel = 0; channel < MinuteWindow.CHANNELS; channel++) {
            double[] logits = ofChannel(channel, window, level);
            for (int event = 0; event < events; event++) {
                mean[event] += 1 / (1 + Math.exp(-logits[event])) / MinuteWindow.CHANNELS;
            }
        }
        return mean;
    }

    private double[] ofChannel(int channel, MinuteWindow window, double[] level) {
        int width = net.width();
        double[][] x = new double[net.patches()][];
        for (int p = 0; p < x.length; p++) {
            double[] patch = new double[net.patch()];
            for (int i = 0; i < patch.length; i++) {
                patch[i] = (float) window.value(channel, p * net.patch() + i);
            }
            x[p] = linear(patch, "patch.weight", "patch.bias", width);
            for (int i = 0; i < width; i++) {
                x[p][i] += weight("position", p * width + i) + weight("channel", channel * width + i);
            }
        }
        for (int layer = 0; layer < net.layers(); layer++) {
            attend(x, "layer" + layer + ".");
            for (double[] each : x) {
                String at = "layer" + layer + ".";
                double[] inner = linear(norm(each, at + "norm2"), at + "up.weight", at + "up.bias", net.feedForward());
                add(each, linear(gelu(inner), at + "down.weight", at + "down.bias", width));
            }
        }
        double[] flat = new double[net.patches() * width];
        for (int p = 0; p < x.length; p++) {
            System.arraycopy(norm(x[p], "norm"), 0, flat, p * width, width);
        }
        double[] hidden = linear(flat, "head.weight", "head.bias", net.hidden());
        add(hidden, linear(level, "head.levels", null, net.hidden()));
        double[] logits = linear(gelu(hidden), "event.weight", "event.bias", events);
        add(logits, linear(level, "event.levels", null, events));
        return logits;
    }

    private void attend(double[][] x, String at) {
        int width = net.width();
        int head = width / net.heads();
        double[][] qkv = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            qkv[p] = linear(norm(x[p], at + "norm1"), at + "qkv.weight", at + "qkv.bias", 3 * width);
        }
        for (int p = 0; p < x.length; p++) {
            double[] seen = new double[width];
            for (int h = 0; h < net.heads(); h++) {
                double[] share = new double[x.length];
                double sum = 0;
                for (int other = 0; other < x.length; other++) {
                    double score = 0;
                    for (int i = h * head; i < (h + 1) * head; i++) {
                        score += qkv[p][i] * qkv[other][width + i];
                    }
                    share[other] = Math.exp(score / Math.sqrt(head));
                    sum += share[other];
                }
                for (int other = 0; other < x.length; other++) {
                    for (int i = h * head; i < (h + 1) * head; i++) {
                        seen[i] += share[other] / sum * qkv[other][2 * width + i];
                    }
                }
            }
            add(x[p], linear(seen, at + "out.weight", at + "out.bias", width));
        }
    }

    private double weight(String name, int index) {
        return weights[layout.part(name).offset() + index];
    }

    private double[] linear(double[] from, String weight, @Nullable String bias, int outputs) {
        double[] to = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            to[o] = bias == null ? 0 : weight(bias, o);
            for (int i = 0; i < from.length; i++) {
                to[o] += from[i] * weight(weight, i * outputs + o);
            }
        }
        return to;
    }

    private double[] norm(double[] from, String name) {
        double mean = Arrays.stream(from).average().orElseThrow();
        double variance =
                Arrays.stream(from).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] to = new double[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = (from[i] - mean) / Math.sqrt(variance + 1e-5) * weight(name + ".scale", i)
                    + weight(name + ".shift", i);
        }
        return to;
    }

    /** By the error function's own series, so that it owes nothing to either of the two. */
    private static double[] gelu(double[] from) {
        return Arrays.stream(from).map(x -> x * (1 + erf(x / Math.sqrt(2))) / 2).toArray();
    }

    private static double erf(double x) {
        if (Math.abs(x) > 5) {
            return Math.signum(x);
        }
        double sum = x;
        double term = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static void add(double[] to, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }
}
