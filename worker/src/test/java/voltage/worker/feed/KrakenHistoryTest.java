package voltage.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.Feed;

class KrakenHistoryTest {
    private static final long LATEST_SECONDS = 1_795_000_020L / 60 * 60;
    private static final byte[] CANDLES = ("{\"error\":[],\"result\":{\"XXBTZUSD\":[],\"last\":" + LATEST_SECONDS
                    + "}}")
            .getBytes(StandardCharsets.UTF_8);
    private static final long FIRST_SINCE = (LATEST_SECONDS - 25 * 3_600) * 1_000_000_000L - 1;
    private static final long CANDLES_BEGIN = (LATEST_SECONDS - 719 * 60) * 1_000_000_000L;

    private final VirtualTimers timers = new VirtualTimers();
    private final RecordingIngress ingress = new RecordingIngress();
    private final List<String> answers = new ArrayList<>();
    private final FakeHttp http = new FakeHttp(path -> answers.isEmpty() ? "503" : answers.removeFirst());
    private final KrakenHistory history = new KrakenHistory(
            "XBTUSD", new Backfill(Feed.KRAKEN_REST, URI.create("https://kraken.test"), http, ingress), timers);

    private static String page(long lastNanos) {
        return "{\"error\":[],\"result\":{\"XXBTZUSD\":[],\"last\":\"" + lastNanos + "\"}}";
    }

    private static String path(long sinceNanos) {
        return "/0/public/Trades?pair=XBTUSD&since=" + sinceNanos;
    }

    @Test
    void pages_follow_each_other_from_25_hours_ago_until_the_candles_begin_one_a_second() {
        answers.addAll(List.of(page(FIRST_SINCE + 100), page(CANDLES_BEGIN - 1), page(CANDLES_BEGIN), page(0)));

        history.begin(CANDLES);
        assertThat(http.asked).isEmpty();
        timers.passSeconds(1.2);
        assertThat(http.asked).containsExactly(path(FIRST_SINCE));
        timers.passSeconds(60);

        assertThat(http.asked).containsExactly(path(FIRST_SINCE), path(FIRST_SINCE + 100), path(CANDLES_BEGIN - 1));
        assertThat(ingress.lines).filteredOn(line -> line.contains("Trades")).hasSize(3);
    }

    @Test
    void it_is_fetched_once_however_often_the_stream_resumes() {
        answers.add(page(CANDLES_BEGIN));
        history.begin(CANDLES);
        history.begin(CANDLES);
        timers.passSeconds(60);
        history.begin(CANDLES);
        timers.passSeconds(60);

        assertThat(http.asked).hasSize(1);
    }

    @Test
    void a_page_that_fails_is_asked_for_again_and_in_the_end_done_without() {
        answers.addAll(List.of("503", "{\"error\":[\"EAPI:Rate limit exceeded\"]}", page(FIRST_SINCE + 5)));
        history.begin(CANDLES);
        timers.passSeconds(600);

        assertThat(http.asked.subList(0, 3)).containsOnly(path(FIRST_SINCE));
        assertThat(http.asked.subList(3, http.asked.size()))
                .containsOnly(path(FIRST_SINCE + 5))
                .hasSize(3);
    }

    @Test
    void an_answer_that_leads_nowhere_ends_it() {
        answers.add(page(FIRST_SINCE));
        history.begin(CANDLES);
        timers.passSeconds(60);

        assertThat(http.asked).hasSize(1);
    }

    @Test
    void nothing_is_fetched_after_the_feed_was_stopped_or_without_a_time() {
        history.begin("{\"error\":[\"EGeneral\"]}".getBytes(StandardCharsets.UTF_8));
        history.begin("{\"last\":1}".getBytes(StandardCharsets.UTF_8));
        timers.passSeconds(10);
        history.begin(CANDLES);
        history.stop();
        timers.passSeconds(10);

        assertThat(http.asked).isEmpty();
    }
}
