package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON and text against files made once and read by a person. */
@Timeout(20)
class AttributionFormsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static List<Attribution> history() {
        List<EndedTrade> trades = new ArrayList<>();
        long noon = SeededTrades.nanos("2026-05-12T12:00:00Z");
        for (int i = 0; i < 40; i++) {
            trades.add(SeededTrades.settled("a" + i, noon + i, i % 2 == 0 ? 2_000_000 : -500_001, 70_000));
        }
        long later = SeededTrades.nanos("2026-05-13T12:00:00Z");
        for (int i = 0; i < 20; i++) {
            trades.add(SeededTrades.settled("b" + i, later + i, i % 4 == 0 ? 1_000_000 : -1_500_000, 70_000));
        }
        trades.add(SeededTrades.settled("c", "2026-05-13T23:00:00Z", -12_345_678, 1));
        return Attribution.history(Period.Kind.DAY, trades);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = AttributionFormsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String compact(String name) throws IOException {
        return JSON.readTree(golden(name)).toString();
    }

    @Test
    void an_attribution_in_json_is_as_it_was() throws IOException {
        assertThat(AttributionJson.of(history().getLast())).hasToString(compact("attribution.json"));
    }

    @Test
    void flips_in_json_are_as_they_were() throws IOException {
        assertThat(AttributionJson.of(Flips.of(history()))).hasToString(compact("flips.json"));
    }

    @Test
    void what_is_printed_is_as_it_was() throws IOException {
        List<String> lines = new ArrayList<>(AttributionText.of(history().getLast()));
        lines.addAll(AttributionText.of(Flips.of(history())));
        assertThat(lines)
                .containsExactlyElementsOf(golden("attribution.txt").lines().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 400})
    void columns_are_aligned_whatever_stands_in_them(int count) {
        List<EndedTrade> trades = SeededTrades.any(
                java.util.random.RandomGeneratorFactory.of("L64X128MixRandom").create(count),
                count,
                SeededTrades.nanos("2026-05-13T00:00:00Z"),
                SeededTrades.nanos("2026-05-14T00:00:00Z"));
        List<String> table =
                AttributionText.of(Attribution.of(Period.of(Period.Kind.DAY, LocalDate.of(2026, 5, 13)), trades));
        assertThat(table.stream()
                        .filter(line -> line.contains("."))
                        .map(String::length)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_period_without_trades_says_so() {
        Attribution empty = Attribution.of(Period.of(Period.Kind.WEEK, LocalDate.of(2026, 5, 13)), List.of());
        assertThat(AttributionText.of(empty))
                .containsExactly("week of Sunday 2026-05-10 (UTC, by the end of a trade)", "  no trade ended");
        JsonNode json = AttributionJson.of(empty);
        assertThat(json.path("all").path("net").textValue()).isEqualTo("0.000000");
        assertThat(json.path("all").path("expectancy").isNull()).isTrue();
        assertThat(json.path("session").isEmpty()).isTrue();
    }
}
