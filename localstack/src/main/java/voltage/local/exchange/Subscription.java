package voltage.local.exchange;

import java.util.LinkedHashSet;
import java.util.Set;

/** One channel on one connection: its id, its own sequence, and what it is about. */
final class Subscription {
    /** Channels that exist here. */
    enum Channel {
        ORDERBOOK_DELTA("orderbook_delta", true),
        TICKER("ticker", false),
        TRADE("trade", true),
        FILL("fill", false),
        USER_ORDERS("user_orders", false),
        MARKET_POSITIONS("market_positions", false),
        ORDER_GROUP_UPDATES("order_group_updates", true),
        MARKET_LIFECYCLE_V2("market_lifecycle_v2", true),
        CFBENCHMARKS_VALUE("cfbenchmarks_value", true),
        CFBENCHMARKS_VALUE_5HZ("cfbenchmarks_value_5hz", true);

        final String label;
        final boolean sequenced;

        Channel(String label, boolean sequenced) {
            this.label = label;
            this.sequenced = sequenced;
        }

        boolean isIndex() {
            return this == CFBENCHMARKS_VALUE || this == CFBENCHMARKS_VALUE_5HZ;
        }

        static @org.jspecify.annotations.Nullable Channel of(String label) {
            for (Channel channel : values()) {
                if (channel.label.equals(label)) {
                    return channel;
                }
            }
            return null;
        }
    }

    final Channel channel;
    final long sid;
    final boolean yesPrice;
    /** Empty with {@link #everyMarket}: no filter. */
    final Set<String> tickers = new LinkedHashSet<>();

    final Set<String> indexIds = new LinkedHashSet<>();
    boolean everyMarket;
    private long sequence;

    Subscription(Channel channel, long sid, boolean yesPrice) {
        this.channel = channel;
        this.sid = sid;
        this.yesPrice = yesPrice;
    }

    boolean covers(String ticker) {
        return everyMarket || tickers.contains(ticker);
    }

    boolean coversIndex() {
        return indexIds.contains("BRTI") || indexIds.contains("all");
    }

    long nextSequence() {
        return ++sequence;
    }

    void skipSequence() {
        sequence++;
    }

    /** The start of a data frame: type, sid and, if the channel has one, the next sequence number. */
    JsonText frame(String type) {
        JsonText json = new JsonText().object().field("type", type).field("sid", sid);
        return channel.sequenced ? json.field("seq", nextSequence()) : json;
    }
}
