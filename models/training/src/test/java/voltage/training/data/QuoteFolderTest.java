package voltage.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteFolderTest {
    private static final String QUOTES = "ticker,minute_utc,minutes_to_close,p_up,p_down,final_volume,outcome";
    private static final String MARKETS =
            "ticker,event_ticker,open_time,close_time,floor_strike,floor_strike_kind,expiration_value,result";

    @TempDir
    private Path data = Path.of("");

    private void write(String folder, String... lines) throws IOException {
        Files.createDirectories(data.resolve(folder));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(data.resolve(folder).resolve("part.csv.gz")))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void quotes(String... rows) throws IOException {
        String[] lines = new String[rows.length + 1];
        lines[0] = QUOTES;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        write("kxbtc15m_minute_quotes", lines);
    }

    private List<MinuteQuote> read() {
        return QuoteFolder.read(data, MarketFolder.read(data));
    }

    @Test
    void quotes_come_in_the_order_of_time_whatever_their_order_in_the_file() throws IOException {
        quotes(
                "B,2026-02-16T23:30:00Z,15,0.5,0.5,1,no",
                "A,2026-02-16T23:29:00Z,1,0.9708,0.0292,1,yes",
                "A,2026-02-16T23:15:00Z,15,0.48,0.52,1,yes");

        assertThat(read()).extracting(MinuteQuote::minutesToClose).containsExactly(15, 1, 15);
        assertThat(read().getFirst()).satisfies(quote -> {
            assertThat(quote.mid()).isEqualTo(0.48);
            assertThat(quote.outcome()).isTrue();
            assertThat(quote.openNanos()).isEqualTo(quote.atNanos());
        });
    }

    @Test
    void what_is_known_only_after_close_is_not_even_looked_at() throws IOException {
        quotes("A,2026-02-16T23:15:00Z,15,0.48,0.52,not a number at all,yes");

        assertThat(read()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A,2026-02-16T23:15:00Z,15,0.48,0.60,1,yes | p_up and p_down sum up to 1
            A,2026-02-16T23:15:00Z,16,0.48,0.52,1,yes | 1 to 15 minutes before close
            A,2026-02-16T23:15:30Z,15,0.48,0.52,1,yes | whole minutes
            A,2026-02-16T23:15:00,15,0.48,0.52,1,yes  | a time is like
            A,2026-02-16T23:15:00Z,15,1.2,-0.2,1,yes  | a mid is 0 to 1
            A,2026-02-16T23:15:00Z,15,0.48,0.52,1,    | an outcome is yes or no
            A,2026-02-16T23:15:00Z,15,0.48,0.52,1     | the header's 7 cells
            A,2026-02-16T23:14:00Z,15,0.48,0.52,1,no  | its close and its outcome
            A,2026-02-16T23:10:00Z,1,0.48,0.52,1,no   | its close and its outcome
            A,2026-02-16T23:16:00Z,14,0.48,0.52,1,no  | its close and its outcome
            A,2026-02-16T23:20:00Z,10,0.48,0.52,1,yes | one quote a minute
            """)
    void a_row_that_breaks_a_rule_is_named_with_its_file_line_and_remedy(String row, String rule) throws IOException {
        quotes("A,2026-02-16T23:20:00Z,10,0.48,0.52,1,yes", row);

        assertThatThrownBy(this::read)
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("part.csv.gz, line 3")
                .hasMessageContaining(rule)
                .hasMessageContaining("repair or remove it");
    }

    @Test
    void a_quote_that_contradicts_its_recorded_market_is_refused() throws IOException {
        write("kxbtc15m_markets", MARKETS, "A,E,2026-02-16T23:15:00Z,2026-02-16T23:30:00Z,,,,no");
        quotes("A,2026-02-16T23:15:00Z,15,0.48,0.52,1,yes");

        assertThatThrownBy(this::read).hasMessageContaining("agrees with its recorded market");
    }

    @Test
    void a_column_that_lacks_and_a_file_that_ends_early_are_told() throws IOException {
        write("kxbtc15m_minute_quotes", "ticker,minute_utc");
        assertThatThrownBy(this::read).hasMessageContaining("line 1: the column minutes_to_close is needed");

        quotes("A,2026-02-16T23:15:00Z,15,0.48,0.52,1,yes");
        Path file = data.resolve("kxbtc15m_minute_quotes").resolve("part.csv.gz");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(this::read).hasMessageContaining("readable to its end");
    }

    @Test
    void a_strike_that_lacks_is_the_settlement_of_the_market_before() throws IOException {
        write(
                "kxbtc15m_markets",
                MARKETS,
                "B,E,2026-02-16T23:30:00Z,2026-02-16T23:45:00Z,,,,yes",
                "A,E,2026-02-16T23:15:00Z,2026-02-16T23:30:00Z,70000.5,official,70010.25,yes",
                "C,E,2026-02-17T23:30:00Z,2026-02-17T23:45:00Z,,,,");

        assertThat(MarketFolder.read(data))
                .extracting(RecordedMarket::strikeE4)
                .containsExactly(OptionalLong.of(700_005_000), OptionalLong.of(700_102_500), OptionalLong.empty());
    }

    @Test
    void a_result_against_its_own_strike_and_settlement_is_refused() throws IOException {
        write(
                "kxbtc15m_markets",
                MARKETS,
                "A,E,2026-02-16T23:15:00Z,2026-02-16T23:30:00Z,70000.5,official,70000.49,yes");

        assertThatThrownBy(this::read).hasMessageContaining("line 2").hasMessageContaining("if and only if");
    }

    @Test
    void without_the_folder_there_are_no_quotes() {
        assertThat(read()).isEmpty();
    }
}
