package voltage.local.session;

/**
 * The true price of bitcoin over a session, ten times a second, and the index that is made of it: a random walk whose volatility
 * wanders around its mean, with a jump every few minutes. Prices in dollars are {@code double} here: they are a model's, not money.
 */
final class SimulatedPrices {
    static final int STEPS_A_SECOND = 10;
    static final long STEP_NANOS = Times.SECOND / STEPS_A_SECOND;

    private static final double START_PRICE = 85_340;
    private static final double SECONDS_A_YEAR = 365.25 * 86_400;
    static final double ANNUAL_VOLATILITY = 0.42;
    private static final double LOG_VOLATILITY_SPREAD = 0.35;
    private static final double LOG_VOLATILITY_MEMORY_SECONDS = 1_200;
    private static final double JUMPS_A_SECOND = 1.0 / 420;
    private static final double JUMP_SIZE = 0.0007;
    private static final double INDEX_NOISE_DOLLARS = 0.6;

    private final long startNanos;
    private final double[] prices;
    private final double[] volatilities;
    private final long[] indexE4;

    SimulatedPrices(long seed, long startNanos, int seconds) {
        this.startNanos = startNanos;
        int steps = seconds * STEPS_A_SECOND + 1;
        prices = new double[steps];
        volatilities = new double[steps];
        indexE4 = new long[seconds + 1];
        Dice walk = new Dice(seed, "walk");
        Dice noise = new Dice(seed, "index");
        double dt = 1.0 / STEPS_A_SECOND;
        double base = perRootSecond(ANNUAL_VOLATILITY);
        double memory = StrictMath.exp(-dt / LOG_VOLATILITY_MEMORY_SECONDS);
        double kick = LOG_VOLATILITY_SPREAD * StrictMath.sqrt(1 - memory * memory);
        double logVolatility = LOG_VOLATILITY_SPREAD * walk.normal();
        double logPrice = StrictMath.log(START_PRICE);
        for (int i = 0; i < steps; i++) {
            prices[i] = StrictMath.exp(logPrice);
            volatilities[i] = base * StrictMath.exp(logVolatility);
            if (i % STEPS_A_SECOND == 0) {
                // The index has two decimals.
                double value = prices[i] + INDEX_NOISE_DOLLARS * noise.normal();
                indexE4[i / STEPS_A_SECOND] = Math.round(value * 100) * 100;
            }
            logPrice += volatilities[i] * StrictMath.sqrt(dt) * walk.normal();
            if (walk.chance(JUMPS_A_SECOND * dt)) {
                logPrice += JUMP_SIZE * walk.normal();
            }
            logVolatility = logVolatility * memory + kick * walk.normal();
        }
    }

    /** A yearly volatility as one of the square root of a second. */
    static double perRootSecond(double annual) {
        return annual / StrictMath.sqrt(SECONDS_A_YEAR);
    }

    int steps() {
        return prices.length;
    }

    /** In dollars; steps before the first and after the last are the nearest ones. */
    double price(int step) {
        return prices[Math.clamp(step, 0, prices.length - 1)];
    }

    /** Standard deviation of the log price over one second. */
    double volatility(int step) {
        return volatilities[Math.clamp(step, 0, volatilities.length - 1)];
    }

    /** The index at a whole second from the start. */
    long indexE4(int second) {
        return indexE4[second];
    }

    /**
     * What a market that closes at a time is settled at: the mean of the 60 values of the index before it, the one at that time
     * included, rounded half up to two decimals.
     */
    long settlementE4(long closeNanos) {
        int close = Math.toIntExact((closeNanos - startNanos) / Times.SECOND);
        long sum = 0;
        for (int second = close - 59; second <= close; second++) {
            sum += indexE4[second];
        }
        long hundredths = 60L * 100;
        return Math.floorDiv(sum + hundredths / 2, hundredths) * 100;
    }

    /** The sum over the part of a market's settlement window that is known at a time, in dollars, and how many values that is. */
    double knownSum(long closeNanos, long nowNanos, int[] count) {
        int close = Math.toIntExact((closeNanos - startNanos) / Times.SECOND);
        int now = Math.toIntExact(Math.floorDiv(nowNanos - startNanos, Times.SECOND));
        double sum = 0;
        count[0] = 0;
        for (int second = close - 59; second <= Math.min(now, close); second++) {
            sum += indexE4[second] / 10_000.0;
            count[0]++;
        }
        return sum;
    }
}
