package voltage.local.session;

/**
 * Seeded random numbers that are the same on every machine and in every release of Java: SplitMix64, and normal deviates by
 * {@link StrictMath}.
 */
public final class Dice {
    private long state;

    /** What one stream draws never moves another's. */
    public Dice(long seed, String stream) {
        long mixed = seed;
        for (int i = 0; i < stream.length(); i++) {
            mixed = mix(mixed * 31 + stream.charAt(i));
        }
        state = mixed;
    }

    /** For seeds that are counted up: they are mixed first, so that neighbours have nothing in common. */
    public static Dice ofCounted(long seed, String stream) {
        return new Dice(new Dice(seed, "").bits(), stream);
    }

    public long bits() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** Uniform from 0, below 1. */
    public double uniform() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** Uniform from {@code least}, below {@code bound}. */
    public long between(long least, long bound) {
        return least + (long) (uniform() * (bound - least));
    }

    /** Uniform whole number from 0, below {@code bound}. */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Standard normal. */
    public double normal() {
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
