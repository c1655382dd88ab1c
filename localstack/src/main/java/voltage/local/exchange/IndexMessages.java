package voltage.local.exchange;

import voltage.market.FixedPoint;

/** The {@code cfbenchmarks_value} messages. */
final class IndexMessages {
    private IndexMessages() {}

    static String value(Subscription subscription, IndexTape tape, IndexTape.Tick tick) {
        long millis = WireTime.millis(tick.nanos());
        JsonText json = subscription
                .frame(subscription.channel.label)
                .object("msg")
                .field("index_id", "BRTI")
                .field("received_at", millis)
                .field(
                        "data",
                        new JsonText()
                                .object()
                                .field("type", "value")
                                .field("id", "BRTI")
                                .field("time", millis)
                                .field("value", Lifecycle.dollars(java.util.OptionalLong.of(tick.valueE4())))
                                .end()
                                .toString());
        if (subscription.channel == Subscription.Channel.CFBENCHMARKS_VALUE_5HZ) {
            json.decimal("value_usd", tick.valueE4() * 10_000, 8).field("source_ts_ms", millis);
        }
        average(json, "avg_60s_data", tape.trailing(tick));
        IndexTape.Average closing = tape.closing(tick);
        if (closing != null) {
            average(json, "last_60s_windowed_average_15min", closing);
        }
        return json.end().end().toString();
    }

    private static void average(JsonText json, String name, IndexTape.Average average) {
        json.object(name)
                .field("value", FixedPoint.format(average.valueE8(), 8))
                .field("window_size", average.count())
                .field("window_start_ts_ms", WireTime.millis(average.fromNanos()))
                .field("window_end_ts_exclusive", WireTime.millis(average.toNanos()))
                .end();
    }
}
