package voltage.local.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * The anonymous book of one simulated market and the people in it: makers who quote around their idea of the probability, others who add
 * and cancel deeper down, takers who hit it. Makers see the price late, guess the volatility wrongly and overpay for longshots, so
 * that there is something to win.
 */
final class SimulatedBook {
    /** How late makers see the price. */
    private static final int LATENCY_STEPS = 7;

    /** Longshots are dearer and favourites cheaper than they should be: prices are pulled to the middle by so much. */
    private static final double LONGSHOT_BIAS = 0.94;

    private static final double IMPLIED_NOISE = 0.12;
    private static final int IMPLIED_MEMORY_STEPS = 1_200;
    /** Together with the rounding to ticks this makes a spread of one tick nearly always. */
    private static final double HALF_SPREAD_TICKS = 0.05;

    private static final double CHANGES_A_STEP = 3.4;
    private static final double TRADES_A_STEP = 0.35;
    private static final int INITIAL_LEVELS = 32;
    private static final long LAST_MINUTES = 2 * Times.MINUTE;
    private static final long LAST_SECONDS = 6 * Times.SECOND;
    /** Below this the losing side's bids disappear in the last minutes. */
    private static final int HOPELESS_E4 = 400;

    /** Book changes come before it, the ticker after it. */
    static final long LATEST_IN_STEP = 99_000_000L;

    private static final TickGrid GRID = TickGrid.TAPERED_DECI_CENT;

    private final SessionMarket market;
    private final SimulatedPrices prices;
    private final Dice dice;
    private final long[] yes = new long[GRID.size()];
    private final long[] no = new long[GRID.size()];
    private final double strike;
    private double logImplied;
    private int lastE4;
    private long lastCountE2;
    private long volumeE2;
    private long openInterestE2;
    private int yesBest;
    private int noBest;

    SimulatedBook(SessionMarket market, SimulatedPrices prices, long seed) {
        this.market = market;
        this.prices = prices;
        dice = new Dice(seed, "book " + market.ticker());
        strike = market.strikeE4().orElseThrow() / 10_000.0;
        logImplied = IMPLIED_NOISE * dice.normal();
    }

    /** The first image, as it is when the market opens. */
    void open(int step, long atNanos, List<SessionEvent> out) {
        aim(step, atNanos);
        fill(yes, yesBest);
        fill(no, noBest);
        lastE4 = GRID.priceE4(yesBest);
        out.add(image(atNanos));
    }

    /** What happens within one step while the market is open. */
    void step(int step, long stepNanos, List<SessionEvent> out) {
        double pull = 1.0 / IMPLIED_MEMORY_STEPS;
        logImplied += -pull * logImplied + IMPLIED_NOISE * StrictMath.sqrt(2 * pull) * dice.normal();
        aim(step, stepNanos);
        Moments moments = new Moments(stepNanos);
        // What is removed goes first: so the book is never crossed.
        cancelAbove(Side.YES, yesBest, moments, out);
        cancelAbove(Side.NO, noBest, moments, out);
        top(Side.YES, yesBest, moments, out);
        top(Side.NO, noBest, moments, out);
        int changes = dice.poisson(CHANGES_A_STEP);
        for (int i = 0; i < changes; i++) {
            Side side = dice.chance(0.5) ? Side.YES : Side.NO;
            shuffle(side, side == Side.YES ? yesBest : noBest, moments, out);
        }
        int trades = dice.poisson(TRADES_A_STEP);
        for (int i = 0; i < trades; i++) {
            trade(step, moments, out);
        }
    }

    SessionEvent ticker(long atNanos) {
        return new SessionEvent.TickerPrint(
                atNanos, market.ticker(), lastE4, lastCountE2, volumeE2, openInterestE2, atNanos - 20_000_000L);
    }

    /** After close nothing is left. */
    SessionEvent empty(long atNanos) {
        return new SessionEvent.BookImage(atNanos, market.ticker(), new int[0], new long[0], new int[0], new long[0]);
    }

    /** Probability that the market's settlement value is at least its strike, for somebody who sees the price late. */
    private double probability(int step, long nowNanos) {
        double seen = prices.price(step - LATENCY_STEPS);
        double volatility =
                SimulatedPrices.perRootSecond(SimulatedPrices.ANNUAL_VOLATILITY) * 0.5 + prices.volatility(step) * 0.5;
        double sigma = volatility * StrictMath.exp(logImplied) * seen;
        double left = (market.closeNanos() - nowNanos) / (double) Times.SECOND;
        double mean;
        double variance;
        if (left > 60) {
            mean = seen;
            // An average over the last 60 seconds varies like a price 40 seconds before its end.
            variance = sigma * sigma * (left - 40);
        } else {
            int[] count = new int[1];
            double known = prices.knownSum(market.closeNanos(), nowNanos, count);
            double rest = 60 - count[0];
            mean = (known + rest * seen) / 60;
            variance = sigma * sigma * rest * rest * rest / (3 * 3_600) + 0.04;
        }
        return normalBelow((mean - strike) / StrictMath.sqrt(variance));
    }

    /** Sets where the best bids should be now, as grid indices; 0 for none. */
    private void aim(int step, long nowNanos) {
        double probability = 0.5 + LONGSHOT_BIAS * (probability(step, nowNanos) - 0.5);
        long left = market.closeNanos() - nowNanos;
        if (left < LAST_MINUTES) {
            // Towards the end favourites are worth what they say.
            double share = left / (double) LAST_MINUTES;
            double plain = probability(step, nowNanos);
            probability = share * probability + (1 - share) * plain;
        }
        double centreE4 = probability * TickGrid.ONE_DOLLAR_E4;
        double edge = Math.min(centreE4, TickGrid.ONE_DOLLAR_E4 - centreE4);
        double half = HALF_SPREAD_TICKS * (edge < 1_000 ? 10 : 100);
        yesBest = below(centreE4 - half);
        noBest = below(TickGrid.ONE_DOLLAR_E4 - centreE4 - half);
        boolean hopeless = left < LAST_MINUTES && edge < HOPELESS_E4 || left < LAST_SECONDS;
        if (hopeless && centreE4 < TickGrid.ONE_DOLLAR_E4 / 2.0) {
            yesBest = 0;
        } else if (hopeless) {
            noBest = 0;
        }
    }

    private static int below(double priceE4) {
        int bounded = (int) Math.clamp(priceE4, 10, TickGrid.ONE_DOLLAR_E4 - 20);
        return GRID.indexOf(GRID.floorE4(bounded));
    }

    private void fill(long[] ladder, int best) {
        Arrays.fill(ladder, 0);
        for (int i = 0; i < INITIAL_LEVELS && best - i > 0; i++) {
            ladder[best - i] = size(i);
        }
    }

    private void cancelAbove(Side side, int best, Moments moments, List<SessionEvent> out) {
        long[] ladder = ladder(side);
        for (int index = GRID.size() - 1; index > best; index--) {
            if (ladder[index] > 0) {
                change(side, index, -ladder[index], moments, out);
            }
        }
    }

    private void top(Side side, int best, Moments moments, List<SessionEvent> out) {
        if (best > 0 && ladder(side)[best] == 0) {
            change(side, best, size(0), moments, out);
        }
    }

    private void shuffle(Side side, int best, Moments moments, List<SessionEvent> out) {
        if (best <= 0) {
            return;
        }
        int depth = (int) (dice.exponential() * 6);
        int index = best - depth;
        if (index <= 0) {
            return;
        }
        long there = ladder(side)[index];
        if (there > 0 && dice.chance(0.52)) {
            long removed = dice.chance(0.4) && depth > 0 ? there : Math.max(1, (long) (there * dice.uniform() * 0.6));
            if (removed < there || depth > 0) {
                change(side, index, -removed, moments, out);
            }
        } else {
            change(side, index, size(depth), moments, out);
        }
    }

    /** Somebody takes: more often in the direction of the truth, which some see earlier than the makers. */
    private void trade(int step, Moments moments, List<SessionEvent> out) {
        double drift = prices.price(step) - prices.price(step - LATENCY_STEPS);
        Side taker = dice.chance(0.5 + 0.35 * Math.clamp(drift / 12, -1, 1)) ? Side.YES : Side.NO;
        Side maker = taker.opposite();
        long[] ladder = ladder(maker);
        int index = GRID.size() - 1;
        while (index > 0 && ladder[index] == 0) {
            index--;
        }
        if (index == 0) {
            return;
        }
        long wanted = Math.max(1, (long) (StrictMath.exp(2.6 + 1.2 * dice.normal()) * 100));
        // About half of all trades are of whole contracts.
        wanted = dice.chance(0.5) && wanted >= 100 ? wanted / 100 * 100 : wanted;
        long countE2 = Math.min(wanted, ladder[index]);
        int makerE4 = GRID.priceE4(index);
        lastE4 = maker == Side.YES ? makerE4 : TickGrid.ONE_DOLLAR_E4 - makerE4;
        lastCountE2 = countE2;
        volumeE2 += countE2;
        openInterestE2 += dice.chance(0.6) ? countE2 : 0;
        long atNanos = moments.next();
        long exchangeNanos = atNanos - moments.way();
        out.add(new SessionEvent.ContractPrint(atNanos, market.ticker(), lastE4, countE2, taker, exchangeNanos));
        ladder[index] -= countE2;
        out.add(new SessionEvent.BookChange(atNanos, market.ticker(), maker, makerE4, -countE2, exchangeNanos));
    }

    private void change(Side side, int index, long deltaE2, Moments moments, List<SessionEvent> out) {
        ladder(side)[index] += deltaE2;
        long atNanos = moments.next();
        out.add(new SessionEvent.BookChange(
                atNanos, market.ticker(), side, GRID.priceE4(index), deltaE2, atNanos - moments.way()));
    }

    private SessionEvent image(long atNanos) {
        return new SessionEvent.BookImage(
                atNanos, market.ticker(), levelPrices(yes), levelCounts(yes), levelPrices(no), levelCounts(no));
    }

    private long size(int depth) {
        double contracts = StrictMath.exp(4.2 + 0.08 * Math.min(depth, 20) + 0.9 * dice.normal());
        long countE2 = Math.max(100, (long) (contracts * 100));
        return dice.chance(0.6) ? countE2 / 100 * 100 : countE2;
    }

    private long[] ladder(Side side) {
        return side == Side.YES ? yes : no;
    }

    private static int[] levelPrices(long[] ladder) {
        List<Integer> found = new ArrayList<>();
        for (int index = 1; index < ladder.length; index++) {
            if (ladder[index] > 0) {
                found.add(GRID.priceE4(index));
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long[] levelCounts(long[] ladder) {
        return Arrays.stream(ladder).skip(1).filter(count -> count > 0).toArray();
    }

    /** The standard normal distribution, to 7 digits (Abramowitz and Stegun 26.2.17). */
    private static double normalBelow(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double density = StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
        double tail = density
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1 - tail : tail;
    }

    /** Ascending times within a step. */
    private final class Moments {
        private final long latestNanos;
        private long nanos;

        private Moments(long stepNanos) {
            nanos = stepNanos + 1_000_000L;
            latestNanos = stepNanos + LATEST_IN_STEP;
        }

        private long next() {
            long now = nanos;
            nanos = Math.min(nanos + 200_000L + dice.below(2_000) * 300L, latestNanos);
            return now;
        }

        private long way() {
            return 18_000_000L + dice.below(4_000) * 1_000L;
        }
    }
}
