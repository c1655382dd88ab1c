package voltage.local.simulation;

/** Random numbers of one purpose, the same on every machine: what one purpose draws never moves another's. */
final class SeededDice {
    private long state;

    SeededDice(long seed, String purpose) {
        long mixed = mix(seed + 0x9E3779B97F4A7C15L);
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mix(mixed * 31 + purpose.charAt(i));
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

    /** Uniform from {@code least}, below {@code bound}. */
    long between(long least, long bound) {
        return least + (long) (uniform() * (bound - least));
    }

    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
