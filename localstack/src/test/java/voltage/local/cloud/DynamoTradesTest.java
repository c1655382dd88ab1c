package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Side;
import voltage.order.Lane;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.trade.DynamoTrades;
import voltage.strategy.Conviction;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;
import voltage.strategy.Excursions;
import voltage.strategy.Opinion;

@Timeout(60)
class DynamoTradesTest {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("trades")));

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    private static EntryRecord trade(String id, long enteredNanos) {
        return new EntryRecord(
                "M",
                id,
                Side.YES,
                Conviction.HIGH,
                new EntryFeatures(100, 90, 60, Opinion.NONE, -1, 2, 3, 4, 5, 600, 700, 2, -9, 10, 11, 12, 6),
                EntryScreen.Answer.NOT_ASKED,
                5_200,
                1_300,
                enteredNanos,
                enteredNanos + 5,
                EntryRecord.Exit.SETTLED,
                new Excursions(100, -2_000, 5),
                -7,
                new EntryRecord.Fees(3, 4),
                13,
                "2026-11-21-d4d97dd2");
    }

    @Test
    void trades_are_kept_by_lane_in_order_and_once() {
        CloudResources all = CloudResources.of("t");
        CloudResources tables = new CloudResources(all.stage(), all.tables(), List.of(), List.of());
        new CloudInstaller(CLOUD.clients()).install(tables);
        DynamoTrades trades = new DynamoTrades(CLOUD.clients().dynamoDb(), tables);
        trades.put(Lane.PAPER, trade("b", 2_000));
        trades.put(Lane.PAPER, trade("a", 900));
        trades.put(Lane.PAPER, trade("b", 2_000));
        trades.put(Lane.LIVE, trade("c", 1));
        assertThat(trades.trades(Lane.PAPER)).containsExactly(trade("a", 900), trade("b", 2_000));
        assertThat(trades.trades(Lane.LIVE)).containsExactly(trade("c", 1));
        assertThat(trades.trades(Lane.CANARY)).isEmpty();
    }
}
