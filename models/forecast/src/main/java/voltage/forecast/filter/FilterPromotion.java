package voltage.forecast.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voltage.strategy.EntryScreen;

/**
 * Whether a filter in shadow has earned to be enforced. A function of the shadow's trades; every criterion is listed with its value, its
 * threshold and its verdict, met or not, and all must be met.
 */
public record FilterPromotion(List<Criterion> criteria) {
    private static final double DAY_NANOS = 86_400e9;

    /** What is asked. */
    public enum Rule {
        /** From the first to the last trade. */
        SHADOW_DAYS(7, true),
        /** Filters that these answers are of. */
        VERSIONS(1, false),
        TRADES(100, true),
        /** Of the trades, those that the filter gave an answer on. */
        ANSWERED_SHARE(0.99, true),
        /** Trades that it would have let pass. */
        PASSED(50, true),
        /** Share of wins among them. */
        PRECISION(0.58, true),
        /** Precision less the share of wins of all, which is five points. */
        IMPROVEMENT(0.05, true),
        /** Chance that as many trades picked blindly would have won as often. */
        CHANCE(0.05, false),
        /** Mean profit of a trade that passed less that of all, in dollars. */
        PROFIT_A_TRADE(0, true);

        private final double threshold;
        private final boolean isAtLeast;

        Rule(double threshold, boolean isAtLeast) {
            this.threshold = threshold;
            this.isAtLeast = isAtLeast;
        }
    }

    /** One rule judged; a value that cannot be said is NaN and not met. */
    public record Criterion(Rule rule, double value, double threshold, boolean isMet) {
        private static Criterion of(Rule rule, double value) {
            // Differences of decimals end a rounding away from what they are.
            double slack = 1e-9;
            boolean isMet = rule.isAtLeast ? value >= rule.threshold - slack : value <= rule.threshold + slack;
            return new Criterion(rule, value, rule.threshold, isMet);
        }

        public String words() {
            return String.format(
                    Locale.ROOT,
                    "%-14s %10.4f  %s %.4f  %s",
                    rule,
                    value,
                    rule.isAtLeast ? "at least" : "at most ",
                    threshold,
                    isMet ? "met" : "not met");
        }
    }

    /** A trade that ended while the filter was in shadow. */
    public record ShadowTrade(long atNanos, EntryScreen.Answer answer, long pnlE6) {}

    public FilterPromotion {
        criteria = List.copyOf(criteria);
    }

    /** Judges the trades that were made beside a filter in shadow; others are left out by the caller. */
    public static FilterPromotion judge(List<ShadowTrade> trades) {
        int n = trades.size();
        int wins = 0;
        int answered = 0;
        int passed = 0;
        int won = 0;
        double pnl = 0;
        double pnlPassed = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (ShadowTrade trade : trades) {
            boolean isWin = trade.pnlE6() > 0;
            wins += isWin ? 1 : 0;
            answered += trade.answer().winE4() >= 0 ? 1 : 0;
            pnl += trade.pnlE6() / 1e6;
            if (trade.answer().passes()) {
                passed++;
                won += isWin ? 1 : 0;
                pnlPassed += trade.pnlE6() / 1e6;
            }
            first = Math.min(first, trade.atNanos());
            last = Math.max(last, trade.atNanos());
        }
        long versions = trades.stream()
                .map(trade -> trade.answer().version())
                .distinct()
                .count();
        double precision = (double) won / passed;
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(Criterion.of(Rule.SHADOW_DAYS, n == 0 ? 0 : (last - first) / DAY_NANOS));
        criteria.add(Criterion.of(Rule.VERSIONS, versions == 0 ? Double.NaN : versions));
        criteria.add(Criterion.of(Rule.TRADES, n));
        criteria.add(Criterion.of(Rule.ANSWERED_SHARE, (double) answered / n));
        criteria.add(Criterion.of(Rule.PASSED, passed));
        criteria.add(Criterion.of(Rule.PRECISION, precision));
        criteria.add(Criterion.of(Rule.IMPROVEMENT, precision - (double) wins / n));
        criteria.add(Criterion.of(Rule.CHANCE, chance(n, wins, passed, won)));
        criteria.add(Criterion.of(Rule.PROFIT_A_TRADE, pnlPassed / passed - pnl / n));
        return new FilterPromotion(criteria);
    }

    /** Whether every criterion is met. */
    public boolean isGranted() {
        return criteria.stream().allMatch(Criterion::isMet);
    }

    /** Hypergeometric tail: of {@code n} trades with {@code wins}, {@code drawn} at random hold {@code won} wins or more (Fisher). */
    static double chance(int n, int wins, int drawn, int won) {
        double tail = 0;
        for (int k = won; k <= Math.min(wins, drawn); k++) {
            if (drawn - k <= n - wins) {
                tail += StrictMath.exp(logChoose(wins, k) + logChoose(n - wins, drawn - k) - logChoose(n, drawn));
            }
        }
        return Math.min(1, tail);
    }

    private static double logChoose(int n, int k) {
        double sum = 0;
        for (int i = 1; i <= k; i++) {
            sum += StrictMath.log(n - k + i) - StrictMath.log(i);
        }
        return sum;
    }
}
