package voltage.kalshi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamCommandsTest {
    @Test
    void subscribing_to_books_says_which_scale_no_prices_have() {
        assertThat(StreamCommands.subscribe(1, List.of("orderbook_delta", "trade"), List.of("A-1")))
                .isEqualTo("{\"id\":1,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"orderbook_delta\",\"trade\"],"
                        + "\"market_tickers\":[\"A-1\"],\"use_yes_price\":false}}");
        assertThat(StreamCommands.subscribe(2, List.of("fill"), List.of()))
                .isEqualTo("{\"id\":2,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"fill\"]}}");
    }

    @Test
    void a_subscription_is_changed_by_its_number() {
        assertThat(StreamCommands.getSnapshot(4, 1, List.of("A-1", "B-2")))
                .isEqualTo(
                        "{\"id\":4,\"cmd\":\"update_subscription\",\"params\":{\"sid\":1,\"action\":\"get_snapshot\","
                                + "\"market_tickers\":[\"A-1\",\"B-2\"]}}");
        assertThat(StreamCommands.addMarkets(5, 1, List.of("A-1"))).contains("\"action\":\"add_markets\"");
        assertThat(StreamCommands.deleteMarkets(6, 1, List.of("A-1"))).contains("\"action\":\"delete_markets\"");
        assertThat(StreamCommands.unsubscribe(7, List.of(1L, 2L)))
                .isEqualTo("{\"id\":7,\"cmd\":\"unsubscribe\",\"params\":{\"sids\":[1,2]}}");
        assertThat(StreamCommands.subscribeIndices(9, "cfbenchmarks_value", List.of("BRTI")))
                .isEqualTo("{\"id\":9,\"cmd\":\"subscribe\",\"params\":{\"channels\":[\"cfbenchmarks_value\"],"
                        + "\"index_ids\":[\"BRTI\"]}}");
    }

    @Test
    void an_id_is_positive() {
        assertThatThrownBy(() -> StreamCommands.unsubscribe(0, List.of(1L))).hasMessageContaining("was 0");
    }
}
