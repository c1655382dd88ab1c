package voltage.research.attribution;

import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * Sums over trades, exact, so that those of parts add up to those of the whole. Money in micro-dollars. A trade has won if it was above zero
 * after fees, lost if below; one at exactly zero is neither.
 *
 * @param grossE6 profit before fees
 * @param grossWinsE6 profit before fees of those trades that were above zero before fees
 * @param winsE6 profit after fees of the trades won
 * @param lossesE6 profit after fees of the trades lost, 0 or below
 * @param largestWinE6 after fees, 0 if none won
 * @param largestLossE6 after fees, 0 if none lost, else below 0
 * @param squaresE12 sum of the squares of profits after fees: what their variance needs
 */
public record Figures(
        long trades,
        long wins,
        long losses,
        long grossE6,
        long feesE6,
        long grossWinsE6,
        long winsE6,
        long lossesE6,
        long largestWinE6,
        long largestLossE6,
        BigInteger squaresE12) {
    /** Of no trade. */
    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, BigInteger.ZERO);

    private static final long ONE_E4 = 10_000;

    static Figures of(EndedTrade trade) {
        long netE6 = trade.netE6();
        return new Figures(
                1,
                netE6 > 0 ? 1 : 0,
                netE6 < 0 ? 1 : 0,
                trade.grossE6(),
                trade.feesE6(),
                Math.max(0, trade.grossE6()),
                Math.max(0, netE6),
                Math.min(0, netE6),
                Math.max(0, netE6),
                Math.min(0, netE6),
                BigInteger.valueOf(netE6).pow(2));
    }

    /** Of the trades of both. */
    public Figures plus(Figures other) {
        return new Figures(
                trades + other.trades,
                wins + other.wins,
                losses + other.losses,
                Math.addExact(grossE6, other.grossE6),
                Math.addExact(feesE6, other.feesE6),
                Math.addExact(grossWinsE6, other.grossWinsE6),
                Math.addExact(winsE6, other.winsE6),
                Math.addExact(lossesE6, other.lossesE6),
                Math.max(largestWinE6, other.largestWinE6),
                Math.min(largestLossE6, other.largestLossE6),
                squaresE12.add(other.squaresE12));
    }

    /** Profit after fees. */
    public long netE6() {
        return grossE6 - feesE6;
    }

    /** Share of trades won, in ten-thousandths; of none if there was no trade. */
    public OptionalLong winRateE4() {
        return ratio(wins * ONE_E4, trades);
    }

    /** What of the gross profit of winning trades went to fees, of all trades, in ten-thousandths; of none if nothing was won before fees. */
    public OptionalLong feeDragE4() {
        return ratio(Math.multiplyExact(feesE6, ONE_E4), grossWinsE6);
    }

    public OptionalLong averageWinE6() {
        return ratio(winsE6, wins);
    }

    /** Below 0. */
    public OptionalLong averageLossE6() {
        return ratio(lossesE6, losses);
    }

    /** Profit after fees of a trade on average. */
    public OptionalLong expectancyE6() {
        return ratio(netE6(), trades);
    }

    /** Wins over losses, both after fees, in ten-thousandths; of none if nothing was lost. */
    public OptionalLong profitFactorE4() {
        return ratio(Math.multiplyExact(winsE6, ONE_E4), -lossesE6);
    }

    /** To the nearest whole unit, halves away from zero; empty if there is nothing to divide by. */
    private static OptionalLong ratio(long amount, long by) {
        if (by == 0) {
            return OptionalLong.empty();
        }
        long whole = amount / by;
        long rest = Math.abs(amount % by);
        return OptionalLong.of(rest >= by - rest ? whole + Long.signum(amount) : whole);
    }

    /** Variance of a trade's profit after fees, estimated from at least two; in units of 1e-12 dollars squared. */
    double variance() {
        BigInteger net = BigInteger.valueOf(netE6());
        BigInteger spread = squaresE12.multiply(BigInteger.valueOf(trades)).subtract(net.multiply(net));
        return spread.doubleValue() / ((double) trades * (trades - 1));
    }
}
