package voltage.local.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import voltage.local.exchange.Subscription.Channel;
import voltage.market.Side;
import voltage.market.TickGrid;

/** Tells every subscriber what happens. */
final class StreamHub {
    private final ExchangeState state;
    private final Set<StreamConnection> connections = new LinkedHashSet<>();
    private @Nullable Market heldBook;

    StreamHub(ExchangeState state) {
        this.state = state;
    }

    void add(StreamConnection connection) {
        connections.add(connection);
    }

    void remove(StreamConnection connection) {
        connections.remove(connection);
    }

    List<StreamConnection> connections() {
        return new ArrayList<>(connections);
    }

    /** Announces a change of a displayed level. {@code cause} is the account's order behind it, if any. */
    void bookChanged(Market market, Side side, int priceE4, long changeE2, @Nullable Order cause) {
        if (market == heldBook) {
            return;
        }
        for (StreamConnection connection : connections) {
            Subscription subscription = connection.subscription(Channel.ORDERBOOK_DELTA);
            if (subscription != null && subscription.covers(market.ticker())) {
                boolean inYesScale = subscription.yesPrice && side == Side.NO;
                connection.data(subscription, s -> {
                    JsonText json = s.frame("orderbook_delta")
                            .object("msg")
                            .field("market_ticker", market.ticker())
                            .field("market_id", market.marketId)
                            .price("price_dollars", inYesScale ? TickGrid.ONE_DOLLAR_E4 - priceE4 : priceE4)
                            .count("delta_fp", changeE2)
                            .field("side", side == Side.YES ? "yes" : "no");
                    if (cause != null && cause.account == connection.account) {
                        json.optional("client_order_id", cause.clientOrderId).field("subaccount", 0);
                    }
                    return json.field("ts", WireTime.rfc3339(state.nowNanos))
                            .field("ts_ms", WireTime.millis(state.nowNanos))
                            .end()
                            .end()
                            .toString();
                });
            }
        }
    }

    /** From here to {@link #releaseBook} changes of a book are not announced one by one. */
    void holdBook(Market market) {
        heldBook = market;
    }

    /** Announces a replaced book: a snapshot on each subscription, in its sequence. */
    void releaseBook(Market market) {
        heldBook = null;
        if (state.restoring) {
            return;
        }
        for (StreamConnection connection : connections) {
            Subscription subscription = connection.subscription(Channel.ORDERBOOK_DELTA);
            if (subscription != null && subscription.covers(market.ticker())) {
                connection.data(subscription, s -> snapshot(s, market, 0));
            }
        }
    }

    /** A frame of this market is lost on the wire: every subscriber sees a gap. */
    void skipSequence(Market market) {
        for (StreamConnection connection : connections) {
            Subscription subscription = connection.subscription(Channel.ORDERBOOK_DELTA);
            if (subscription != null && subscription.covers(market.ticker())) {
                subscription.skipSequence();
            }
        }
    }

    /** @param commandId the command that asked for it, or 0 */
    static String snapshot(Subscription subscription, Market market, long commandId) {
        JsonText json = new JsonText().object().field("type", "orderbook_snapshot");
        if (commandId > 0) {
            json.field("id", commandId);
        }
        json.field("sid", subscription.sid)
                .field("seq", subscription.nextSequence())
                .object("msg")
                .field("market_ticker", market.ticker())
                .field("market_id", market.marketId);
        if (!market.book.displayed(Side.YES).isEmpty()) {
            json.raw("yes_dollars_fp", SessionFlow.levels(market.book.displayed(Side.YES), Integer.MAX_VALUE, false));
        }
        if (!market.book.displayed(Side.NO).isEmpty()) {
            json.raw(
                    "no_dollars_fp",
                    SessionFlow.levels(market.book.displayed(Side.NO), Integer.MAX_VALUE, subscription.yesPrice));
        }
        return json.end().end().toString();
    }

    void traded(Market market, Market.PublicTrade trade) {
        boolean yes = trade.taker() == Side.YES;
        publish(
                Channel.TRADE,
                market,
                s -> s.frame("trade")
                        .object("msg")
                        .field("trade_id", trade.tradeId())
                        .field("market_ticker", market.ticker())
                        .price("yes_price_dollars", trade.yesPriceE4())
                        .price("no_price_dollars", TickGrid.ONE_DOLLAR_E4 - trade.yesPriceE4())
                        .count("count_fp", trade.countE2())
                        .field("taker_side", yes ? "yes" : "no")
                        .field("taker_outcome_side", yes ? "yes" : "no")
                        .field("taker_book_side", yes ? "bid" : "ask")
                        .field("is_block_trade", false)
                        .field("ts", WireTime.seconds(trade.nanos()))
                        .field("ts_ms", WireTime.millis(trade.nanos()))
                        .end()
                        .end()
                        .toString());
    }

    void ticker(Market market) {
        publish(Channel.TICKER, market, s -> tickerFrame(s, market));
    }

    String tickerFrame(Subscription subscription, Market market) {
        MarketBook book = market.book;
        return subscription
                .frame("ticker")
                .object("msg")
                .field("market_ticker", market.ticker())
                .field("market_id", market.marketId)
                .price("price_dollars", market.lastE4)
                .price("yes_bid_dollars", book.bidE4(Side.YES))
                .price("yes_ask_dollars", book.askE4(Side.YES))
                .count("volume_fp", market.volumeE2())
                .count("open_interest_fp", market.openInterestE2)
                .field("dollar_volume", market.volumeE2() / 200)
                .field("dollar_open_interest", market.openInterestE2 / 200)
                .count("yes_bid_size_fp", book.displayed(Side.YES).bestCountE2())
                .count("yes_ask_size_fp", book.displayed(Side.NO).bestCountE2())
                .count("last_trade_size_fp", market.lastCountE2)
                .field("ts", WireTime.seconds(state.nowNanos))
                .field("ts_ms", WireTime.millis(state.nowNanos))
                .field("time", WireTime.rfc3339(state.nowNanos))
                .end()
                .end()
                .toString();
    }

    private void publish(Channel channel, Market market, Function<Subscription, String> frame) {
        for (StreamConnection connection : connections) {
            Subscription subscription = connection.subscription(channel);
            if (subscription != null && subscription.covers(market.ticker())) {
                connection.data(subscription, frame);
            }
        }
    }

    /** @param body the message's JSON */
    void lifecycle(String body) {
        for (StreamConnection connection : connections) {
            Subscription subscription = connection.subscription(Channel.MARKET_LIFECYCLE_V2);
            if (subscription != null) {
                connection.data(
                        subscription,
                        s -> s.frame("market_lifecycle_v2")
                                .raw("msg", body)
                                .end()
                                .toString());
            }
        }
    }

    void index(IndexTape tape) {
        IndexTape.Tick tick = tape.last();
        if (tick == null) {
            return;
        }
        for (StreamConnection connection : connections) {
            for (Channel channel : List.of(Channel.CFBENCHMARKS_VALUE, Channel.CFBENCHMARKS_VALUE_5HZ)) {
                Subscription subscription = connection.subscription(channel);
                if (subscription != null && subscription.coversIndex()) {
                    connection.data(subscription, s -> IndexMessages.value(s, tape, tick));
                }
            }
        }
    }

    void orderChanged(Account account, OrderView order) {
        toOwner(account, Channel.USER_ORDERS, order.ticker(), s -> {
            JsonText json = s.frame("user_order");
            order.writeMessage(json);
            return json.end().toString();
        });
    }

    void filled(Account account, Fill fill) {
        toOwner(account, Channel.FILL, fill.ticker(), s -> {
            JsonText json = s.frame("fill");
            fill.writeMessage(json);
            return json.end().toString();
        });
    }

    void positionChanged(Account account, PositionView position) {
        toOwner(account, Channel.MARKET_POSITIONS, position.ticker(), s -> {
            JsonText json = s.frame("market_position");
            position.writeMessage(json, account.userId);
            return json.end().toString();
        });
    }

    void groupChanged(Account account, OrderGroup group, String eventType) {
        toOwner(
                account,
                Channel.ORDER_GROUP_UPDATES,
                "",
                s -> s.frame("order_group_updates")
                        .object("msg")
                        .field("event_type", eventType)
                        .field("order_group_id", group.id)
                        .count("contracts_limit_fp", group.limitE2)
                        .end()
                        .end()
                        .toString());
    }

    private void toOwner(Account account, Channel channel, String ticker, Function<Subscription, String> frame) {
        long delayNanos = state.faults.privateDelayNanos();
        for (StreamConnection connection : connections) {
            Subscription subscription = connection.account == account ? connection.subscription(channel) : null;
            if (subscription == null || !(ticker.isEmpty() || subscription.covers(ticker))) {
                continue;
            }
            if (delayNanos > 0) {
                state.schedule.at(state.nowNanos + delayNanos, () -> connection.data(subscription, frame));
            } else {
                connection.data(subscription, frame);
            }
        }
    }
}
