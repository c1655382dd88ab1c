package voltage.local.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.local.session.SessionMarket;
import voltage.market.Side;

/** One market: its definition, where it is in its life, its book, and what has traded. */
final class Market {
    /** Where a market is in its life. Only {@code OPEN} trades. */
    enum Phase {
        /** Not yet visible. */
        UNLISTED,
        INITIALIZED,
        OPEN,
        CLOSED,
        DETERMINED,
        DISPUTED,
        AMENDED,
        FINALIZED
    }

    /** A public trade; the taker's side is the one that the taker bought. */
    record PublicTrade(long number, String tradeId, int yesPriceE4, long countE2, Side taker, long nanos) {}

    private static final int TRADES_KEPT = 20_000;

    final SessionMarket definition;
    final String marketId;
    final MarketBook book;
    final MinuteCandles candles = new MinuteCandles();
    final Deque<PublicTrade> trades = new ArrayDeque<>();
    Phase phase = Phase.UNLISTED;
    boolean paused;
    boolean strikePublished;
    /** How long its settlement is held up after it was due; 0 for not at all. */
    long heldUpNanos;

    /** What it is first said to have come to, if that is wrong: amended before it is final. */
    @Nullable
    Side firstResult;

    long createdNanos;
    long updatedNanos;
    int lastE4;
    long lastCountE2;
    private long recordedVolumeE2;
    private long ownVolumeE2;
    long openInterestE2;
    private long tradesMade;

    /** When the last summary came, and what was printed trade by trade since: a summary's increase excludes it. */
    long summaryNanos = Long.MIN_VALUE;

    long printedSinceSummaryE2;

    Market(SessionMarket definition, String marketId) {
        this.definition = definition;
        this.marketId = marketId;
        this.book = new MarketBook(definition.grid());
    }

    String ticker() {
        return definition.ticker();
    }

    int shard() {
        return definition.exchangeIndex();
    }

    OptionalLong publishedStrikeE4() {
        return strikePublished ? definition.strikeE4() : OptionalLong.empty();
    }

    /** The outcome as it is known now. */
    Side result() {
        Side first = firstResult;
        return first == null || phase.compareTo(Phase.AMENDED) >= 0 ? definition.result() : first;
    }

    boolean isSettled() {
        return phase == Phase.FINALIZED;
    }

    /** Status as Kalshi names it. */
    String status() {
        return switch (phase) {
            case UNLISTED, INITIALIZED -> "initialized";
            case OPEN -> paused ? "inactive" : "active";
            case CLOSED -> "closed";
            case DETERMINED -> "determined";
            case DISPUTED -> "disputed";
            case AMENDED -> "amended";
            case FINALIZED -> "finalized";
        };
    }

    /** Status as the list filter names it. */
    String filterStatus() {
        return switch (phase) {
            case UNLISTED, INITIALIZED -> "unopened";
            case OPEN -> paused ? "paused" : "open";
            case CLOSED, DETERMINED, DISPUTED, AMENDED -> "closed";
            case FINALIZED -> "settled";
        };
    }

    long volumeE2() {
        return recordedVolumeE2 + ownVolumeE2;
    }

    /** Takes a summary's running total. @return how much it grew, 0 for the first */
    long recordedVolume(long volumeE2) {
        long grewE2 = summaryNanos == Long.MIN_VALUE ? 0 : Math.max(0, volumeE2 - recordedVolumeE2);
        recordedVolumeE2 = Math.max(recordedVolumeE2, volumeE2);
        return grewE2;
    }

    void recordedPrint(long countE2) {
        recordedVolumeE2 += countE2;
        printedSinceSummaryE2 += countE2;
    }

    PublicTrade traded(String tradeId, int yesPriceE4, long countE2, Side taker, long nanos, boolean own) {
        if (own) {
            ownVolumeE2 += countE2;
        }
        lastE4 = yesPriceE4;
        lastCountE2 = countE2;
        PublicTrade trade = new PublicTrade(++tradesMade, tradeId, yesPriceE4, countE2, taker, nanos);
        trades.addFirst(trade);
        if (trades.size() > TRADES_KEPT) {
            trades.removeLast();
        }
        candles.traded(nanos, yesPriceE4, countE2);
        return trade;
    }
}
