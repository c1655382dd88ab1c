package voltage.kalshi.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.market.MarketKey;

/** One subscription of a connection: its channel, its last sequence number, and its markets with the state of each one's book. */
final class Subscription {
    /** The sequence number before the first frame when nothing says where the numbers start. */
    static final long ANY = -1;

    private static final byte NONE = 0;
    private static final byte AWAITED = 1;
    private static final byte LIVE = 2;
    private static final byte DAMAGED = 3;

    private final long sid;
    private String channel;
    private long lastSeq;
    private final List<MarketKey> markets = new ArrayList<>();
    private byte[] stateByIndex = new byte[16];
    private final List<MarketKey> wanted = new ArrayList<>();

    Subscription(long sid, String channel, long lastSeq) {
        this.sid = sid;
        this.channel = channel;
        this.lastSeq = lastSeq;
    }

    long sid() {
        return sid;
    }

    /** Empty if no acknowledgement named it. */
    String channel() {
        return channel;
    }

    void channel(String name) {
        channel = name;
    }

    List<MarketKey> markets() {
        return markets;
    }

    /** Takes note of the next frame's number; false if one or more are missing before it. */
    boolean consume(long seq) {
        boolean follows = seq == lastSeq + 1 || lastSeq == ANY;
        lastSeq = seq;
        return follows;
    }

    boolean isLive(MarketKey market) {
        int index = market.index();
        return index < stateByIndex.length && stateByIndex[index] == LIVE;
    }

    void await(MarketKey market) {
        if (stateOf(market) == NONE) {
            markets.add(market);
            set(market, AWAITED);
        }
    }

    /** A snapshot came. */
    void live(MarketKey market) {
        if (stateOf(market) == NONE) {
            markets.add(market);
        }
        set(market, LIVE);
        wanted.remove(market);
    }

    /** The market's book is in doubt: its deltas are of no use until a snapshot comes, which is to be asked for. */
    void damage(MarketKey market) {
        if (stateOf(market) == NONE) {
            markets.add(market);
        }
        set(market, DAMAGED);
        if (!wanted.contains(market)) {
            wanted.add(market);
        }
    }

    /** As {@link #damage}, but asks only once as long as no snapshot comes. */
    void damageOnce(MarketKey market) {
        if (stateOf(market) != DAMAGED) {
            damage(market);
        }
    }

    void damageAll() {
        for (MarketKey market : markets) {
            damage(market);
        }
    }

    void remove(MarketKey market) {
        markets.remove(market);
        wanted.remove(market);
        set(market, NONE);
    }

    /** The markets whose snapshot has not been asked for yet; asks for none of them again. */
    List<String> takeWanted() {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<String> tickers = wanted.stream().map(MarketKey::ticker).toList();
        wanted.clear();
        return tickers;
    }

    int damaged() {
        int count = 0;
        for (MarketKey market : markets) {
            if (stateOf(market) == DAMAGED) {
                count++;
            }
        }
        return count;
    }

    private byte stateOf(MarketKey market) {
        return market.index() < stateByIndex.length ? stateByIndex[market.index()] : NONE;
    }

    private void set(MarketKey market, byte state) {
        if (market.index() >= stateByIndex.length) {
            stateByIndex = Arrays.copyOf(stateByIndex, Math.max(market.index() + 1, stateByIndex.length * 2));
        }
        stateByIndex[market.index()] = state;
    }
}
