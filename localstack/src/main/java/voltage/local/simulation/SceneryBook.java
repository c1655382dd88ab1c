package voltage.local.simulation;

import java.util.List;
import voltage.local.session.Dice;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Side;

/** The anonymous book of one market: three levels either side of the makers' idea of its worth, in cents. */
final class SceneryBook {
    private static final long SECOND = Scenery.SECOND;
    private static final int LEVELS = 3;
    private static final int LOWEST = 12;
    private static final int HIGHEST = 88;
    /** In so many seconds nobody touches the book. */
    private static final double QUIET_SECONDS = 0.5;

    private final SessionMarket market;
    private final Dice dice;
    private final long[] yes = new long[100];
    private final long[] no = new long[100];
    private final double strike;
    private int centre;
    private double error;
    private boolean isShown;

    SceneryBook(SessionMarket market, Dice dice) {
        this.market = market;
        this.dice = dice;
        strike = market.strikeE4().orElse(0) / 1e4;
    }

    String ticker() {
        return market.ticker();
    }

    int centre() {
        return centre;
    }

    /** What happens within a second. */
    void second(long nowNanos, double price, double step, List<SessionEvent> out) {
        if (nowNanos < market.openNanos() || nowNanos >= market.closeNanos()) {
            if (isShown && nowNanos >= market.closeNanos()) {
                isShown = false;
                out.add(new SessionEvent.BookImage(
                        nowNanos + SECOND / 2, ticker(), new int[0], new long[0], new int[0], new long[0]));
            }
            return;
        }
        double left = Math.max(20, (market.closeNanos() - nowNanos) / (double) SECOND - 40);
        double worth = below((price - strike) / (step * StrictMath.sqrt(left)));
        if (dice.chance(0.05)) {
            error = dice.chance(0.4) ? 0 : (dice.chance(0.5) ? 1 : -1) * (0.08 + 0.17 * dice.uniform());
        }
        int wanted = (int) Math.clamp(Math.round(100 * (worth + error) + dice.normal()), LOWEST, HIGHEST);
        long at = nowNanos + dice.between(50_000_000L, 900_000_000L);
        if (!isShown) {
            isShown = true;
            centre = wanted;
            image(at, out);
            return;
        }
        if (dice.chance(QUIET_SECONDS)) {
            return;
        }
        if (wanted != centre) {
            move(wanted, at, out);
        } else {
            touch(at, out);
        }
        if (dice.chance(0.12)) {
            boolean buysYes = dice.chance(0.5);
            int cents = buysYes ? centre + 1 : centre - 1;
            out.add(new SessionEvent.ContractPrint(
                    at + 20_000_000L,
                    ticker(),
                    cents * 100,
                    100L * dice.between(1, 40),
                    buysYes ? Side.YES : Side.NO,
                    at));
        }
    }

    private void image(long at, List<SessionEvent> out) {
        int[] yesPrices = new int[LEVELS];
        long[] yesCounts = new long[LEVELS];
        int[] noPrices = new int[LEVELS];
        long[] noCounts = new long[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            int yesCents = centre - LEVELS + i;
            int noCents = 100 - centre - LEVELS + i;
            yesPrices[i] = yesCents * 100;
            yesCounts[i] = yes[yesCents] = size();
            noPrices[i] = noCents * 100;
            noCounts[i] = no[noCents] = size();
        }
        out.add(new SessionEvent.BookImage(at, ticker(), yesPrices, yesCounts, noPrices, noCounts));
    }

    private void move(int wanted, long at, List<SessionEvent> out) {
        centre = wanted;
        // What is removed goes first: so the book is never crossed.
        remove(Side.YES, yes, centre, at, out);
        remove(Side.NO, no, 100 - centre, at, out);
        add(Side.YES, yes, centre, at + 1_000_000L, out);
        add(Side.NO, no, 100 - centre, at + 1_000_000L, out);
    }

    private void remove(Side side, long[] ladder, int above, long at, List<SessionEvent> out) {
        for (int cents = 1; cents < 100; cents++) {
            if (ladder[cents] > 0 && (cents >= above || cents < above - 2 * LEVELS)) {
                change(side, cents, -ladder[cents], at, out);
                ladder[cents] = 0;
            }
        }
    }

    private void add(Side side, long[] ladder, int above, long at, List<SessionEvent> out) {
        for (int cents = above - 1; cents > above - 3; cents--) {
            if (ladder[cents] == 0) {
                ladder[cents] = size();
                change(side, cents, ladder[cents], at, out);
            }
        }
    }

    /** Somebody adds to the best level: the book is fresh again. */
    private void touch(long at, List<SessionEvent> out) {
        Side side = dice.chance(0.5) ? Side.YES : Side.NO;
        long[] ladder = side == Side.YES ? yes : no;
        int cents = (side == Side.YES ? centre : 100 - centre) - 1;
        long more = ladder[cents] > 8_000 ? -2_000 : 1_000;
        ladder[cents] += more;
        change(side, cents, more, at, out);
    }

    private void change(Side side, int cents, long deltaE2, long at, List<SessionEvent> out) {
        out.add(new SessionEvent.BookChange(at, ticker(), side, cents * 100, deltaE2, at));
    }

    private long size() {
        return 100 * dice.between(5, 60);
    }

    /** The standard normal distribution, roughly: makers err by more. */
    private static double below(double z) {
        return 1 / (1 + StrictMath.exp(-1.702 * z));
    }
}
