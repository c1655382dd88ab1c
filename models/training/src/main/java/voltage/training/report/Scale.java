package voltage.training.report;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to places along an axis.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 */
record Scale(double low, double high, double from, double to) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    Scale {
        if (!(high > low)) {
            throw new IllegalArgumentException("a scale rises, was " + low + " to " + high);
        }
    }

    /** Over values with a little room on both sides. */
    static Scale around(double least, double most, double from, double to) {
        double room = Math.max(1e-9, (most - least) * 0.06);
        return new Scale(least - room, most + room, from, to);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round values, about so many. */
    List<Double> ticks(int about) {
        double raw = (high - low) / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power;
        for (double each : STEPS) {
            step = each * power;
            if (step >= raw) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** Digits after the point that tell its ticks apart. */
    int digits(int about) {
        List<Double> ticks = ticks(about);
        double step = ticks.size() < 2 ? high - low : ticks.get(1) - ticks.get(0);
        int digits = 0;
        while (digits < 6 && Math.abs(step * Math.pow(10, digits) - Math.rint(step * Math.pow(10, digits))) > 1e-6) {
            digits++;
        }
        return digits;
    }
}
