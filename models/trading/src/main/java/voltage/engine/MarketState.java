package voltage.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voltage.market.CandleHistory;
import voltage.market.MarketDefinition;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Command;
import voltage.strategy.MarketView;
import voltage.strategy.Opinion;

/** What the engine knows of one market; also what its strategies see of it. */
final class MarketState implements MarketView {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long ONE_CONTRACT_E2 = 100;

    private MarketDefinition definition;
    private OrderBook book;
    private final IndexEstimate index;

    long nowNanos;
    long bookNanos = Long.MIN_VALUE;
    long bookSequence;
    boolean isPaused;
    boolean isDetermined;
    boolean isFinal;

    // What the strategies said last, by their position in the engine's list.
    final int[] readingsE6;
    final int[] directions;
    final int[] probabilitiesE6;
    double volatility = Double.NaN;
    int tailDegrees;
    int atrRatioE6 = Opinion.NONE;
    int hourChangeE6;
    private CandleHistory candles;

    // Our order in flight and our position's story.
    @Nullable
    String pendingId;

    Command.@Nullable Purpose pendingPurpose;
    long pendingNanos;
    boolean isPendingUnknown;
    int resolveAttempts;
    long nextResolveNanos;
    long enteredNanos;
    int entriesMissed;
    int exitAttempts;
    long nextExitNanos;
    long cooldownUntilNanos = Long.MIN_VALUE;
    private final long[] exitNanos = new long[8];
    private int exits;
    boolean isQuarantined;
    int markE4 = -1;

    // Our position as it was looked up last, and where.
    private @Nullable Account positionOf;
    private int positionAmong;
    private Account.@Nullable Position position;

    // A contract's fee at the best offers, each worked out again only when its price moves.
    private int yesAskE4 = -1;
    private long yesFeeE6;
    private int noAskE4 = -1;
    private long noFeeE6;

    TradeWatch.@Nullable OpenTrade trade;

    // What was recorded last.
    @Nullable
    Verdict recordedVerdict;

    @Nullable
    Gate recordedFirstFailing;

    MarketState(MarketDefinition definition, IndexEstimate index, int strategies) {
        this.definition = definition;
        this.index = index;
        this.book = new OrderBook(definition.grid());
        this.candles = index.candles(0);
        readingsE6 = new int[strategies];
        directions = new int[strategies];
        probabilitiesE6 = new int[strategies];
        Arrays.fill(readingsE6, Opinion.NONE);
        Arrays.fill(probabilitiesE6, Opinion.NONE);
    }

    /** The definition changed; on a new grid the book starts anew. */
    void redefine(MarketDefinition next) {
        if (!next.grid().equals(definition.grid())) {
            book = new OrderBook(next.grid());
        }
        definition = next;
        yesAskE4 = -1;
        noAskE4 = -1;
    }

    /** The market's position in an account, if it ever had one. Asked for with every delta, so not looked up each time. */
    Account.@Nullable Position position(Account account) {
        if (account != positionOf || account.markets() != positionAmong) {
            positionOf = account;
            positionAmong = account.markets();
            position = account.position(ticker());
        }
        return position;
    }

    /** Taker fee of one contract at a side's best offer, in micro-dollars. */
    long feeE6(Side side, int askE4) {
        if (side == Side.YES) {
            if (askE4 != yesAskE4) {
                yesAskE4 = askE4;
                yesFeeE6 = definition.fees().tradeFeeE6(ONE_CONTRACT_E2, askE4, true);
            }
            return yesFeeE6;
        }
        if (askE4 != noAskE4) {
            noAskE4 = askE4;
            noFeeE6 = definition.fees().tradeFeeE6(ONE_CONTRACT_E2, askE4, true);
        }
        return noFeeE6;
    }

    void candles(CandleHistory newCandles) {
        candles = newCandles;
    }

    boolean isOpenAt(long nanos) {
        return nanos >= definition.openNanos() && nanos < definition.closeNanos() && !isDetermined && !isFinal;
    }

    long secondsToClose(long nanos) {
        return Math.max(0, Math.ceilDiv(definition.closeNanos() - nanos, SECOND_NANOS));
    }

    /** Trading goes on after a pause: what was tried into it, before it was known, does not count. */
    void resumed() {
        exitAttempts = 0;
        nextExitNanos = 0;
    }

    /** An exit was carried out: entries pause, and too many within a minute end them for good. */
    void exited(long nanos, long cooldownNanos, int rapidExits) {
        exitNanos[exits++ % exitNanos.length] = nanos;
        cooldownUntilNanos = nanos + cooldownNanos;
        exitAttempts = 0;
        if (exitsWithinMinute(nanos) >= rapidExits) {
            isQuarantined = true;
        }
    }

    /** An entry came back refused or unfilled: the next waits 1, 2, 4 … 64 seconds, or the exchange would be flooded. */
    void entryMissed(long nanos) {
        long waitNanos = SECOND_NANOS << Math.min(entriesMissed++, 6);
        cooldownUntilNanos = Math.max(cooldownUntilNanos, nanos + waitNanos);
    }

    int exitsWithinMinute(long nanos) {
        int count = 0;
        for (int i = 0; i < Math.min(exits, exitNanos.length); i++) {
            if (nanos - exitNanos[i] <= 60 * SECOND_NANOS) {
                count++;
            }
        }
        return count;
    }

    void pending(String commandId, Command.Purpose purpose, long nanos) {
        pendingId = commandId;
        pendingPurpose = purpose;
        pendingNanos = nanos;
        isPendingUnknown = false;
        resolveAttempts = 0;
        nextResolveNanos = nanos + 10 * SECOND_NANOS;
    }

    void nothingPending() {
        pendingId = null;
        pendingPurpose = null;
        isPendingUnknown = false;
    }

    String ticker() {
        return definition.ticker();
    }

    @Override
    public MarketDefinition definition() {
        return definition;
    }

    @Override
    public OrderBook book() {
        return book;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public double indexPrice() {
        return index.price();
    }

    @Override
    public int fixingsSeen() {
        return index.fixingsSeen(nowNanos, definition.closeNanos());
    }

    @Override
    public double fixingsMean() {
        return index.fixingsMean(nowNanos, definition.closeNanos());
    }

    @Override
    public CandleHistory candles() {
        return candles;
    }

    @Override
    public double volatility() {
        return volatility;
    }

    @Override
    public int tailDegrees() {
        return tailDegrees;
    }

    /** Takes what is forecast now. */
    void forecast(ForecastDesk desk) {
        volatility = desk.volatility();
        tailDegrees = desk.tailDegrees();
    }
}
