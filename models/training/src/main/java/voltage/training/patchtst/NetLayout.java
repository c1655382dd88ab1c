package voltage.training.patchtst;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import voltage.forecast.feature.MinuteWindow;

/** All weights of a net in one vector, and where in it each stands. Matrices have their inputs as rows. */
final class NetLayout {
    /** How a weight begins. */
    private enum Start {
        GLOROT,
        SMALL,
        ONE,
        ZERO
    }

    /** One weight's place. */
    record Part(String name, long[] shape, int offset, int size) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Start> starts = new ArrayList<>();
    private int size;

    NetLayout(NetSettings net, int events, int levels) {
        int d = net.width();
        add("patch.weight", Start.GLOROT, net.patch(), d);
        add("patch.bias", Start.ZERO, d);
        add("position", Start.SMALL, 1, net.patches(), d);
        add("channel", Start.SMALL, MinuteWindow.CHANNELS, 1, d);
        for (int layer = 0; layer < net.layers(); layer++) {
            String at = "layer" + layer + ".";
            add(at + "norm1.scale", Start.ONE, d);
            add(at + "norm1.shift", Start.ZERO, d);
            add(at + "qkv.weight", Start.GLOROT, d, 3 * d);
            add(at + "qkv.bias", Start.ZERO, 3 * d);
            add(at + "out.weight", Start.GLOROT, d, d);
            add(at + "out.bias", Start.ZERO, d);
            add(at + "norm2.scale", Start.ONE, d);
            add(at + "norm2.shift", Start.ZERO, d);
            add(at + "up.weight", Start.GLOROT, d, net.feedForward());
            add(at + "up.bias", Start.ZERO, net.feedForward());
            add(at + "down.weight", Start.GLOROT, net.feedForward(), d);
            add(at + "down.bias", Start.ZERO, d);
        }
        add("norm.scale", Start.ONE, d);
        add("norm.shift", Start.ZERO, d);
        add("head.weight", Start.GLOROT, net.patches() * d, net.hidden());
        add("head.levels", Start.GLOROT, levels, net.hidden());
        add("head.bias", Start.ZERO, net.hidden());
        add("event.weight", Start.SMALL, net.hidden(), events);
        add("event.levels", Start.ZERO, levels, events);
        add("event.bias", Start.ZERO, events);
    }

    private void add(String name, Start start, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        parts.add(new Part(name, shape, size, count));
        starts.add(start);
        size += count;
    }

    int size() {
        return size;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Where each part but the first begins. */
    long[] cuts() {
        return parts.stream().skip(1).mapToLong(Part::offset).toArray();
    }

    Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a net has no weight " + name));
    }

    /** Seeded weights of a net that says each event's rate and nothing else. */
    float[] start(long seed, double[] rates) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[size];
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            long[] shape = part.shape();
            double most = Math.sqrt(6.0 / (shape[0] + shape[shape.length - 1]));
            for (int i = part.offset(); i < part.offset() + part.size(); i++) {
                weights[i] = (float)
                        switch (starts.get(p)) {
                            case GLOROT -> most * (2 * random.nextDouble() - 1);
                            case SMALL -> 0.02 * random.nextGaussian();
                            case ONE -> 1;
                            case ZERO -> 0;
                        };
            }
        }
        int bias = part("event.bias").offset();
        for (int event = 0; event < rates.length; event++) {
            double rate = Math.clamp(rates[event], 1e-3, 1 - 1e-3);
            weights[bias + event] = (float) StrictMath.log(rate / (1 - rate));
        }
        return weights;
    }

    /** Of which weights AdamW takes a share away at each step: of matrices that multiply, not of shifts, scales and marks. */
    boolean[] decayed() {
        boolean[] decayed = new boolean[size];
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            if (part.shape().length == 2) {
                Arrays.fill(decayed, part.offset(), part.offset() + part.size(), true);
            }
        }
        return decayed;
    }
}
