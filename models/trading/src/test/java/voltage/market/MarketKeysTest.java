package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketKeysTest {
    private final MarketKeys keys = new MarketKeys();

    private MarketKey inside(String text, String ticker) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int from = text.indexOf(ticker);
        return keys.of(bytes, from, from + ticker.length());
    }

    @Test
    void a_ticker_has_one_key_from_text_and_from_bytes_while_the_table_grows() {
        List<MarketKey> made = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String ticker = "KXBTC15M-26NOV21" + i;
            made.add(i % 2 == 0 ? keys.of(ticker) : inside("\"" + ticker + "\"", ticker));
            assertThat(made.get(i).index()).isEqualTo(i);
        }
        for (int i = 0; i < 5_000; i++) {
            String ticker = "KXBTC15M-26NOV21" + i;
            assertThat(keys.of(ticker)).isSameAs(made.get(i));
            assertThat(inside("{" + ticker + "}", ticker)).isSameAs(made.get(i));
            assertThat(made.get(i)).hasToString(ticker);
        }
        assertThat(keys.size()).isEqualTo(5_000);
    }

    @Test
    void tickers_with_equal_hashes_stay_apart() {
        // "Aa" and "BB" have equal String hashes, and so have all words of them.
        List<String> colliding =
                List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBAaBB", "BBBBAa", "BBBBBB");
        List<MarketKey> made = colliding.stream().map(keys::of).toList();

        assertThat(made).doesNotHaveDuplicates();
        for (int i = 0; i < made.size(); i++) {
            assertThat(inside(colliding.get(i), colliding.get(i))).isSameAs(made.get(i));
        }
    }

    @Test
    void an_empty_or_endless_ticker_is_refused_from_either_form() {
        assertThatThrownBy(() -> keys.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.of(new byte[4], 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.of("x".repeat(129))).hasMessageContaining("1 to 128");
        assertThat(keys.size()).isZero();
    }
}
