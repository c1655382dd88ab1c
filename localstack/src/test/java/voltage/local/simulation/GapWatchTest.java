package voltage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GapWatchTest {
    private final GapWatch gaps = new GapWatch();

    private void snapshot(String ticker, long sequence) {
        frame("orderbook_snapshot", ticker, sequence);
    }

    private void delta(String ticker, long sequence) {
        frame("orderbook_delta", ticker, sequence);
    }

    private void frame(String type, String ticker, long sequence) {
        gaps.frame(
                ("{\"type\":\"" + type + "\",\"sid\":1,\"seq\":" + sequence + ",\"msg\":{\"market_ticker\":\"" + ticker
                                + "\"}}")
                        .getBytes(StandardCharsets.UTF_8),
                sequence * 100);
    }

    @Test
    void a_snapshot_makes_a_book_whole_and_a_gap_breaks_all_of_the_subscription() {
        snapshot("A", 1);
        snapshot("B", 2);
        delta("A", 3);
        assertThat(gaps.isWhole("A")).isTrue();

        delta("A", 5);
        assertThat(gaps.isWhole("A")).isFalse();
        assertThat(gaps.isWhole("B")).isFalse();
        assertThat(gaps.gaps()).isEqualTo(1);

        snapshot("B", 6);
        assertThat(gaps.isWhole("A")).isFalse();
        assertThat(gaps.isWhole("B")).isTrue();
    }

    @Test
    void a_frame_that_comes_twice_is_no_gap_and_makes_nothing_fresh() {
        snapshot("A", 1);
        delta("A", 2);
        delta("A", 3);
        delta("A", 2);
        assertThat(gaps.isWhole("A")).isTrue();
        assertThat(gaps.bookNanos("A")).isEqualTo(300);
    }

    @Test
    void a_new_connection_begins_with_nothing() {
        snapshot("A", 1);
        gaps.connected();
        assertThat(gaps.isWhole("A")).isFalse();
    }
}
