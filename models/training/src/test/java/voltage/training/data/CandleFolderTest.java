package voltage.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voltage.market.Candle;

@Timeout(30)
class CandleFolderTest {
    private static final String HEADER =
            "open_time_ms,open,high,low,close,volume,quote_volume,trades,taker_buy_base,source";
    private static final long MS = 1_771_200_000_000L;

    @TempDir
    Path data;

    private Path folder;
    private final List<RefusedRow> refused = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(data.resolve("btc_1m"));
    }

    private static String row(int minute, String rest) {
        return (MS + minute * 60_000L) + "," + rest;
    }

    private static String good(int minute) {
        return row(minute, "90000.10,90010.00000000,89990.5,90005.25,1.50000000,,42,,us");
    }

    private Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private List<Candle> read() {
        List<Candle> candles = new ArrayList<>();
        new CandleFolder(data, refused::add).forEach(candles::add);
        return candles;
    }

    @Test
    void a_row_becomes_a_candle_to_the_last_digit() throws IOException {
        write("a.csv.gz", HEADER, good(0), row(1, "90005.25,90006,90005,90005.5,0.00000001,,,,us"));

        assertThat(read())
                .containsExactly(
                        new Candle(
                                MS * 1_000_000,
                                900_001_000,
                                900_100_000,
                                899_905_000,
                                900_052_500,
                                150_000_000,
                                42,
                                false),
                        new Candle(
                                (MS + 60_000) * 1_000_000,
                                900_052_500,
                                900_060_000,
                                900_050_000,
                                900_055_000,
                                1,
                                0,
                                false));
        assertThat(refused).isEmpty();
    }

    @Test
    void files_come_in_the_order_of_their_candles_whatever_they_are_called() throws IOException {
        write("a.csv.gz", HEADER, good(10), good(11));
        write("b.csv.gz", HEADER, good(0), good(1));
        Files.writeString(folder.resolve("notes.txt"), "not a table");

        assertThat(read())
                .extracting(candle -> (candle.openNanos() / 1_000_000 - MS) / 60_000)
                .containsExactly(0L, 1L, 10L, 11L);
        assertThat(new CandleFolder(folder).files())
                .extracting(path -> path.getFileName().toString())
                .containsExactly("b.csv.gz", "a.csv.gz");
    }

    @Test
    void columns_are_found_by_name_and_trades_may_lack() throws IOException {
        write("a.csv.gz", "volume,close,low,high,open,open_time_ms", "2,101,99,103,100," + MS);

        assertThat(read())
                .containsExactly(
                        new Candle(MS * 1_000_000, 1_000_000, 1_030_000, 990_000, 1_010_000, 200_000_000, 0, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,90000,90001,89999,90000,1 | For input string: \"x\"",
                "1771200060000,90000,90001,89999,90000.00001,1 | at most 4 places was expected, was \"90000.00001\"",
                "1771200060000,90000,89999,89998,89999,1 | a candle needs 0 < low <= open, close <= high, was open 900000000",
                "1771200060000,0,0,0,0,1 | a candle needs 0 < low",
                "1771200060000,90000,90001,89999,90000,-1 | a volume is not negative, was -100000000e-8",
                "1771200060000,90000,90001,89999,,1 | was \"\"",
                "1771200060000,90000,90001 | the column volume is needed, was a row of 3 cells",
                "1771200060001,90000,90001,89999,90000,1 | starts on a whole minute, was 1771200060001 ms",
                "1771200000000,90000,90001,89999,90000,1 | in order, each minute once, was 1771200000000 ms after 1771200000000 ms",
                "1771199940000,90000,90001,89999,90000,1 | in order, each minute once",
                "1771200060000,900000,900000,900000,900000,1 | opens within 25 % of the close before, was 9000000000 after",
                "1771200060000,90000,900001,89999,90000,1 | high is within 25 % of its low, was 9000010000 over 899990000",
            })
    void a_damaged_row_is_refused_with_file_line_and_rule(String row, String rule) throws IOException {
        Path file = write("a.csv.gz", HEADER, good(0), row, good(2));

        assertThat(read()).hasSize(2);
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().file()).isEqualTo(file);
        assertThat(refused.getFirst().line()).isEqualTo(3);
        assertThat(refused.getFirst().rule()).contains(rule);
        assertThatThrownBy(() -> new CandleFolder(data).forEach(candle -> {}))
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("a.csv.gz, line 3: ")
                .hasMessageContaining(rule)
                .hasMessageContaining("repair or remove it");
    }

    @Test
    void a_file_that_was_cut_off_is_refused_after_what_it_holds() throws IOException {
        String[] lines = new String[2_000];
        lines[0] = HEADER;
        for (int i = 1; i < lines.length; i++) {
            lines[i] = row(i, 90_000 + i % 7 + ",91000,89000,90001.5," + i * 7_919L % 1_000 + ".5,,1,,us");
        }
        Path file = write("a.csv.gz", lines);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(read()).isNotEmpty().hasSizeLessThan(1_999);
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().rule()).contains("readable to its end", "EOFException");
    }

    @Test
    void a_file_that_is_not_packed_is_refused() throws IOException {
        Files.writeString(folder.resolve("a.csv.gz"), HEADER + "\n" + good(0) + "\n");

        assertThat(read()).isEmpty();
        assertThat(refused)
                .extracting(RefusedRow::rule)
                .singleElement()
                .asString()
                .contains("ZipException");
    }

    @Test
    void a_table_without_a_needed_column_and_a_folder_without_tables_are_refused() throws IOException {
        assertThatThrownBy(() -> new CandleFolder(data)).hasMessageContaining("has none");
        assertThatThrownBy(() -> new CandleFolder(data.resolve("elsewhere"))).hasMessageContaining("elsewhere");
        write("a.csv.gz", "open_time_ms,open,high,low,close", good(0));
        assertThatThrownBy(() -> new CandleFolder(data))
                .isInstanceOf(DamagedDataException.class)
                .hasMessageContaining("a.csv.gz, line 1: the column volume is needed");
    }
}
