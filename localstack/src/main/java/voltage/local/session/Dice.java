package voltage.local.session;

/**
 * Seeded random numbers that are the same on every machine and in every release of Java: SplitMix64, and normal deviates by
 * {@link StrictMath}.
 */
final class Dice {
    private long state;

    Dice(long seed, String stream) {
        long mixed = seed;
        for (int i = 0; i < stream.length(); i++) {
            mixed = mix(mixed * 31 + stream.charAt(i));
        }
        state = mixed;
    }

    long bits() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** Uniform from 0, below 1. */
    double uniform() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** Uniform whole number from 0, below {@code bound}. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Standard normal. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** Exponential with mean 1. */
    double exponential() {
        return -StrictMath.log(1 - uniform());
    }

    /** How many events of a Poisson process with this (small) expectation happen. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = uniform();
        int count = 0;
        while (product > limit) {
            product *= uniform();
            count++;
        }
        return count;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
