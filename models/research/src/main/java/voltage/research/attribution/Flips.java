package voltage.research.attribution;

import java.util.ArrayList;
import java.util.List;

/**
 * Slices that made money before and lose it now, or the other way round. The rule, for each slice of the latest period:
 *
 * <ul>
 *   <li>before are the periods right before it, 7 days or 4 weeks, or as many as are known; now is the latest period alone;
 *   <li>it has at least {@value #LEAST_BEFORE} trades before and {@value #LEAST_NOW} now, else it is not judged;
 *   <li>profit after fees was above zero before and is below zero now, or the other way round;
 *   <li>the profit of a trade has changed by at least 2.54 standard errors (Welch), which is Student's one-sided limit of 1 % for the fewest
 *       degrees of freedom that these counts allow.
 * </ul>
 *
 * <p>So of a hundred slices that have not changed, about two at most show a flip, one in each direction, and slices of several dimensions share
 * their trades. Trades of one market share its outcome, which the test does not know. A flip is a reason to look, not a proof.
 *
 * @param period the one that is judged
 * @param judged slices that had enough trades
 */
public record Flips(Period period, int judged, List<Flip> found) {
    /** Least trades of a slice in the periods before. */
    public static final long LEAST_BEFORE = 40;

    /** Least trades of a slice in the period that is judged. */
    public static final long LEAST_NOW = 20;

    /** Least change of a trade's profit, in hundredths of its standard error. */
    public static final long LEAST_CHANGE_E2 = 254;

    private static final long MOST_CHANGE_E2 = 9_999;

    /** Where a slice has gone. */
    public enum Direction {
        TO_LOSS,
        TO_PROFIT
    }

    /**
     * One that has flipped.
     *
     * @param periods how many before were looked at
     * @param changeE2 how far a trade's profit has moved, in hundredths of the standard error of that difference, 99.99 at most
     */
    public record Flip(
            Direction direction,
            Dimension dimension,
            String slice,
            int periods,
            Figures before,
            Figures now,
            long changeE2) {}

    public Flips {
        found = List.copyOf(found);
    }

    /**
     * Judges the last of them.
     *
     * @param history consecutive periods of one kind, at least one
     */
    public static Flips of(List<Attribution> history) {
        for (int i = 1; i < history.size(); i++) {
            Period expected = history.get(i - 1).period().next();
            if (!history.get(i).period().equals(expected)) {
                throw new IllegalArgumentException("periods follow each other without gaps, after "
                        + history.get(i - 1).period().words() + " was "
                        + history.get(i).period().words());
            }
        }
        Attribution latest = history.getLast();
        int last = history.size() - 1;
        List<Attribution> before = history.subList(Math.max(0, last - looksBack(latest.period())), last);
        int judged = 0;
        List<Flip> found = new ArrayList<>();
        for (Attribution.Slice slice : latest.slices()) {
            Figures then = before.stream()
                    .map(attribution -> attribution.figures(slice.dimension(), slice.name()))
                    .reduce(Figures.NONE, Figures::plus);
            Figures now = slice.figures();
            if (then.trades() < LEAST_BEFORE || now.trades() < LEAST_NOW) {
                continue;
            }
            judged++;
            long changeE2 = changeE2(then, now);
            if (Long.signum(then.netE6()) * Long.signum(now.netE6()) < 0 && changeE2 >= LEAST_CHANGE_E2) {
                Direction direction = now.netE6() < 0 ? Direction.TO_LOSS : Direction.TO_PROFIT;
                found.add(new Flip(direction, slice.dimension(), slice.name(), before.size(), then, now, changeE2));
            }
        }
        return new Flips(latest.period(), judged, found);
    }

    private static int looksBack(Period period) {
        return switch (period.kind()) {
            case DAY -> 7;
            case WEEK -> 4;
        };
    }

    /** A statistic and no money, so in doubles; of exact sums by correctly rounded operations, so the same everywhere. */
    private static long changeE2(Figures then, Figures now) {
        double difference = Math.abs(mean(now) - mean(then));
        if (difference == 0) {
            return 0;
        }
        double error = Math.sqrt(then.variance() / then.trades() + now.variance() / now.trades());
        return (long) Math.min(MOST_CHANGE_E2, Math.floor(100 * difference / error));
    }

    private static double mean(Figures figures) {
        return (double) figures.netE6() / figures.trades();
    }
}
