package voltage.local.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;

/** Everything that the exchange is, shared by the parts that change it. One lock guards it, held by {@link LocalExchange}. */
final class ExchangeState {
    final ExchangeSettings settings;
    final Ids ids;
    final Schedule schedule = new Schedule();
    final Faults faults;
    final Outbox outbox = new Outbox();
    final StreamHub hub;
    final Transaction transaction;
    final IndexTape index = new IndexTape();
    final Map<String, Market> markets = new LinkedHashMap<>();
    final Map<String, Account> accounts = new LinkedHashMap<>();
    final Map<String, ApiKey> keys = new LinkedHashMap<>();
    long nowNanos;
    boolean exchangePaused;
    boolean tradingPaused;
    /** While the books are rebuilt after a restart: nothing matches and nothing is announced. */
    boolean restoring;

    /** Whether the settlement index is streamed; a recording has none. */
    boolean servesIndex = true;

    /** Off where thousands of exchanges are played and a signature would be most of the work. */
    boolean checksSignatures = true;

    private long numbers;

    ExchangeState(ExchangeSettings settings, ExchangeJournal journal) {
        this.settings = settings;
        ids = new Ids(settings.seed());
        faults = new Faults(settings.seed());
        hub = new StreamHub(this);
        transaction = new Transaction(this, journal);
    }

    /** The moment that REST shows of own data. */
    long readsAsOfNanos() {
        return nowNanos - settings.staleNanos() - faults.staleNanos();
    }

    /** Orders, fills and settlements are numbered in order of appearance; pages run by it. */
    long nextNumber() {
        return ++numbers;
    }

    long numbersGiven() {
        return numbers;
    }

    void continueNumbers(long given) {
        numbers = Math.max(numbers, given);
    }

    @Nullable
    Market listed(String ticker) {
        Market market = markets.get(ticker);
        return market == null || market.phase == Market.Phase.UNLISTED ? null : market;
    }

    /** Brings a level's displayed size up to date and announces the change. */
    void publishLevel(Market market, Side side, int index, @Nullable Order cause) {
        long changeE2 = market.book.refresh(side, index);
        if (changeE2 != 0 && !restoring) {
            hub.bookChanged(market, side, market.book.grid().priceE4(index), changeE2, cause);
            market.candles.quoted(nowNanos, market.book.bidE4(Side.YES), market.book.askE4(Side.YES));
        }
    }
}
