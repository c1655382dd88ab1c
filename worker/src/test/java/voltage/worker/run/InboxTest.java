package voltage.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.Feed;

class InboxTest {
    private static final byte[] FRAME = "{}".getBytes(StandardCharsets.UTF_8);

    private final Inbox inbox = new Inbox(2, () -> 7);

    private List<Inbox.Item> drained() {
        List<Inbox.Item> items = new ArrayList<>();
        inbox.drainTo(items, 10);
        return items;
    }

    @Test
    void what_does_not_fit_is_counted_and_makes_its_feed_start_again() {
        inbox.frame(Feed.COINBASE_STREAM, FRAME);
        inbox.frame(Feed.COINBASE_STREAM, FRAME);
        assertThat(inbox.takeOverrun()).isEmpty();
        inbox.frame(Feed.KRAKEN_STREAM, FRAME);

        assertThat(inbox.dropped()).isEqualTo(1);
        assertThat(inbox.takeOverrun()).containsExactly(Feed.KRAKEN_STREAM);
        assertThat(inbox.takeOverrun()).isEmpty();
        assertThat(drained()).extracting(Inbox.Item::feed).containsExactly(Feed.COINBASE_STREAM, Feed.COINBASE_STREAM);
    }

    @Test
    void a_disconnection_that_does_not_fit_is_no_less_told() {
        inbox.frame(Feed.COINBASE_STREAM, FRAME);
        inbox.frame(Feed.COINBASE_STREAM, FRAME);
        inbox.disconnected(Feed.KRAKEN_STREAM, "closed");
        assertThat(inbox.takeOverrun()).containsExactly(Feed.KRAKEN_STREAM);
    }

    @Test
    void what_fits_comes_out_in_its_order_with_its_time() {
        inbox.connected(Feed.KRAKEN_STREAM);
        inbox.frame(Feed.KRAKEN_STREAM, FRAME);
        assertThat(drained())
                .allMatch(item -> item.receivedNanos() == 7)
                .extracting(Inbox.Item::kind)
                .extracting(Enum::name)
                .containsExactly("CONNECTED", "FRAME");
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.dropped()).isZero();
    }
}
