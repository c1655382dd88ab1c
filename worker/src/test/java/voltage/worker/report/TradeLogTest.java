package voltage.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.market.Side;
import voltage.store.json.TradeJson;
import voltage.strategy.Conviction;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;
import voltage.strategy.Excursions;
import voltage.strategy.Opinion;

@Timeout(20)
class TradeLogTest {
    @TempDir
    private Path directory = Path.of("");

    static EntryRecord trade(String ticker, long pnlE6) {
        return new EntryRecord(
                ticker,
                "c-" + ticker,
                Side.NO,
                Conviction.LOW,
                new EntryFeatures(100, 90, 60, Opinion.NONE, -1, 2, 3, 4, 5, 600, 700, 2, -9, 10, 11, 12, 6),
                new EntryScreen.Answer(EntryScreen.Mode.SHADOW, "v1", 5_600, 5_500),
                5_200,
                1_300,
                110,
                500,
                EntryRecord.Exit.STOP,
                new Excursions(100, -2_000, 390),
                pnlE6,
                new EntryRecord.Fees(3, 4),
                0,
                "HAR");
    }

    @Test
    void what_is_written_is_read_back() {
        Path file = directory.resolve("trades.jsonl");
        try (TradeLog log = TradeLog.create(file)) {
            log.ended(trade("A", -5));
            log.ended(trade("B", 7));
        }
        assertThat(TradeLog.read(file).trades()).containsExactly(trade("A", -5), trade("B", 7));
        assertThat(TradeLog.read(directory.resolve("none")).trades()).isEmpty();
    }

    @Test
    void a_line_that_a_death_left_half_written_costs_itself_alone() throws IOException {
        Path file = directory.resolve("trades.jsonl");
        try (TradeLog log = TradeLog.append(file)) {
            log.ended(trade("A", 1));
        }
        Files.writeString(file, TradeJson.write(trade("B", 2)).substring(0, 40), StandardOpenOption.APPEND);
        try (TradeLog log = TradeLog.append(file)) {
            log.ended(trade("C", 3));
        }
        TradeLog.Content content = TradeLog.read(file);
        assertThat(content.trades()).containsExactly(trade("A", 1), trade("C", 3));
        assertThat(content.damaged()).isEqualTo(1);
    }
}
