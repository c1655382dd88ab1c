package voltage.local.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voltage.local.session.CaptureFixture.FIRST;
import static voltage.local.session.CaptureFixture.OPEN;
import static voltage.local.session.CaptureFixture.SECOND;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.market.Candle;
import voltage.market.Side;
import voltage.market.Venue;

@Timeout(60)
class SessionImportTest {
    @TempDir
    private Path data;

    @TempDir
    private Path out;

    private static final long S = Times.SECOND;

    private CaptureFixture twoMarkets() throws IOException {
        return new CaptureFixture(data)
                .withEverything()
                .connected(1, FIRST)
                .snapshot(S, FIRST, 1)
                .delta(3 * S, FIRST, 2)
                .ticker(4 * S, FIRST)
                .delta(95 * S, FIRST, 3)
                .emptySnapshot(900 * S + S / 2, FIRST, 4)
                .connected(935 * S, SECOND)
                .snapshot(936 * S, SECOND, 1)
                .delta(937 * S, SECOND, 2);
    }

    @Test
    void a_capture_becomes_a_session_with_everything_merged_in_order() throws IOException {
        twoMarkets().capture("a.jsonl.gz");

        ImportResult result = run();

        assertThat(result.problems()).isEmpty();
        assertThat(result.sessions()).hasSize(1);
        assertThat(result.sessions().getFirst().name()).isEqualTo("20260501T140000Z");
        RecordedSession session = open("20260501T140000Z");
        assertThat(session.source()).isEqualTo(Session.Source.RECORDED);
        assertThat(session.startNanos()).isEqualTo(OPEN + 1);
        assertThat(session.venues()).containsExactlyInAnyOrder(Venue.COINBASE, Venue.BINANCE);
        assertThat(described(session))
                .startsWith(
                        "BookImage +1000000000",
                        "BookChange +3000000000",
                        "TickerPrint +4000000000",
                        "SpotPrint +5000000000",
                        "CandleClosed +60000000000",
                        "SpotPrint +90000000000",
                        "BookChange +95000000000",
                        "CandleClosed +120000000000");
        assertThat(described(session))
                .endsWith("BookImage +900500000000", "BookImage +936000000000", "BookChange +937000000000");
        // A gap in the sequence of one hour is none across a new connection.
        assertThat(session.counts()).containsEntry("bookLost", 0L).containsEntry("connections", 2L);
    }

    @Test
    void recorded_precision_is_kept() throws IOException {
        twoMarkets().capture("a.jsonl.gz");
        run();

        List<SessionEvent> events = events(open("20260501T140000Z"));

        SessionEvent.BookImage image = (SessionEvent.BookImage) events.get(0);
        assertThat(image.yesPricesE4()).containsExactly(10, 5_000);
        assertThat(image.yesCountsE2()).containsExactly(300, 2_000);
        assertThat(image.noPricesE4()).containsExactly(4_500);
        assertThat(image.noCountsE2()).containsExactly(1_050);
        assertThat(events.get(1))
                .isEqualTo(
                        new SessionEvent.BookChange(OPEN + 3 * S, FIRST, Side.YES, 5_000, -125, OPEN + 3_123_456_000L));
        assertThat(events.get(2))
                .isEqualTo(new SessionEvent.TickerPrint(
                        OPEN + 4 * S, FIRST, 5_100, 239, 27_578, 16_638, OPEN + 4_606_940_000L));
        assertThat(events.get(3))
                .isEqualTo(new SessionEvent.SpotPrint(
                        OPEN + 5 * S, Venue.COINBASE, 8, 800_025_000, 0, OPEN + 5_100_000_000L));
    }

    @Test
    void candles_before_the_start_are_history_and_the_better_of_two_files_counts() throws IOException {
        twoMarkets().capture("a.jsonl.gz");
        run();
        RecordedSession session = open("20260501T140000Z");

        assertThat(session.history(Venue.BINANCE))
                .extracting(Candle::openNanos)
                .containsExactly(OPEN - 3 * Times.MINUTE, OPEN - 2 * Times.MINUTE, OPEN - Times.MINUTE);
        assertThat(session.history(Venue.COINBASE)).isEmpty();
        List<Candle> during = events(session).stream()
                .filter(SessionEvent.CandleClosed.class::isInstance)
                .map(event -> ((SessionEvent.CandleClosed) event).candle())
                .toList();
        assertThat(during).extracting(Candle::trades).containsExactly(0, 17, 17, 17, 17);
        assertThat(session.missing())
                .anyMatch(words -> words.contains("1497 of 1500 Binance candles before the session"))
                .anyMatch(words -> words.contains("10 of 15 Binance candles during the session"));
    }

    @Test
    void markets_have_their_whole_fate() throws IOException {
        twoMarkets().capture("a.jsonl.gz");
        run();

        List<SessionMarket> markets = open("20260501T140000Z").markets();

        assertThat(markets).extracting(SessionMarket::ticker).containsExactly(FIRST, SECOND);
        SessionMarket first = markets.getFirst();
        assertThat(first.strikeE4()).hasValue(800_005_000);
        assertThat(first.expirationValueE4()).as("the next one's strike").hasValue(799_902_500);
        assertThat(first.result()).isEqualTo(Side.NO);
        assertThat(first.strikeKnownNanos()).isEqualTo(OPEN + 700_000_000);
        assertThat(first.determinedNanos()).isEqualTo(OPEN + 913 * S);
        assertThat(first.settledNanos()).isEqualTo(OPEN + 914 * S);
        assertThat(first.eventTicker()).isEqualTo("KXBTC15M-26MAY011015");
        assertThat(first.seriesTicker()).isEqualTo("KXBTC15M");
        assertThat(first.exchangeIndex()).isEqualTo(2);
        SessionMarket second = markets.getLast();
        assertThat(second.expirationValueE4()).isEmpty();
        assertThat(second.settledNanos())
                .as("never before three seconds after close")
                .isEqualTo(OPEN + 1803 * S);
    }

    @Test
    void the_market_open_at_the_end_is_listed_even_if_the_capture_has_none_of_its_frames() throws IOException {
        new CaptureFixture(data)
                .withEverything()
                .snapshot(880 * S, FIRST, 1)
                .emptySnapshot(901 * S, FIRST, 2)
                .capture("a.jsonl.gz");
        run();

        assertThat(open("20260501T141440Z").markets())
                .extracting(SessionMarket::ticker)
                .containsExactly(FIRST, SECOND);
    }

    @Test
    void a_long_silence_before_something_else_makes_two_sessions() throws IOException {
        new CaptureFixture(data)
                .withEverything()
                .snapshot(S, FIRST, 1)
                .delta(2 * S, FIRST, 2)
                .ticker(1_000 * S, SECOND)
                .snapshot(1_001 * S, SECOND, 90)
                .capture("a.jsonl.gz");

        ImportResult result = run();

        assertThat(result.sessions())
                .extracting(ImportResult.ImportedSession::name)
                .containsExactly("20260501T140001Z", "20260501T141640Z");
        assertThat(described(open("20260501T141640Z")))
                .containsExactly("TickerPrint +1000000000000", "BookImage +1001000000000");
    }

    @Test
    void a_long_silence_that_the_sequence_continues_across_is_no_cut() throws IOException {
        new CaptureFixture(data)
                .withEverything()
                .snapshot(S, FIRST, 1)
                .ticker(100 * S, FIRST)
                .ticker(101 * S, FIRST)
                .delta(102 * S, FIRST, 2)
                .capture("a.jsonl.gz")
                .snapshot(200 * S, FIRST, 1)
                .ticker(300 * S, FIRST)
                .delta(302 * S, FIRST, 7)
                .capture("b.jsonl.gz");

        assertThat(run().sessions())
                .extracting(ImportResult.ImportedSession::name)
                .containsExactly("20260501T140001Z", "20260501T140320Z", "20260501T140500Z");
    }

    @Test
    void a_gap_in_the_sequence_loses_the_book_until_the_next_snapshot() throws IOException {
        new CaptureFixture(data)
                .withEverything()
                .snapshot(S, FIRST, 1)
                .delta(2 * S, FIRST, 4)
                .delta(3 * S, FIRST, 5)
                .snapshot(4 * S, FIRST, 6)
                .capture("a.jsonl.gz");
        run();
        RecordedSession session = open("20260501T140001Z");

        assertThat(described(session))
                .containsExactly(
                        "BookImage +1000000000",
                        "BookLost +2000000000",
                        "BookChange +2000000000",
                        "BookChange +3000000000",
                        "BookImage +4000000000");
        assertThat(session.missing()).contains("the recording has 1 gap in its sequence numbers");
    }

    @Test
    void times_never_decrease() throws IOException {
        new CaptureFixture(data)
                .withEverything()
                .snapshot(5 * S, FIRST, 1)
                .delta(4 * S, FIRST, 2)
                .capture("a.jsonl.gz");
        run();

        assertThat(described(open("20260501T140005Z")))
                .containsExactly("SpotPrint +5000000000", "BookImage +5000000000", "BookChange +5000000000");
    }

    @Test
    void importing_again_gives_the_same_bytes() throws IOException {
        twoMarkets().capture("a.jsonl.gz");
        run();
        Map<String, String> first = contents();
        run();
        assertThat(contents()).isEqualTo(first).hasSize(3);
    }

    @Test
    void a_truncated_capture_gives_what_was_whole_and_is_named() throws IOException {
        CaptureFixture fixture = new CaptureFixture(data).withEverything().snapshot(S, FIRST, 1);
        for (int i = 2; i < 2_000; i++) {
            fixture.delta(i * S / 100 + S, FIRST, i);
        }
        fixture.truncatedCapture("a.jsonl.gz", 0.5);

        ImportResult result = run();

        assertThat(result.isEmpty()).isFalse();
        assertThat(result.problems()).singleElement().asString().contains("a.jsonl.gz", "truncated", "after line");
        ImportResult.ImportedSession session = result.sessions().getFirst();
        assertThat(session.changes()).isBetween(100L, 1_990L);
        assertThat(session.missing()).anyMatch(words -> words.contains("truncated"));
        assertThat(events(open(session.name()))).isNotEmpty();
    }

    @Test
    void a_capture_that_is_no_gzip_file_is_named_and_the_others_go_on() throws IOException {
        twoMarkets().capture("b.jsonl.gz");
        Files.writeString(data.resolve("kalshi_ws_2026-05/a.jsonl.gz"), "not compressed");

        ImportResult result = run();

        assertThat(result.sessions()).hasSize(1);
        assertThat(result.problems()).anyMatch(words -> words.contains("a.jsonl.gz is not a whole gzip file"));
    }

    @Test
    void unreadable_lines_are_counted_and_named() throws IOException {
        twoMarkets()
                .raw("{\"recv_ns\":1,\"frame\":{\"type\":\"orderbook_del")
                .raw("{\"recv_ns\":\"soon\"}")
                .raw("[]")
                .raw(
                        "{\"recv_ns\":1,\"frame\":{\"type\":\"orderbook_delta\",\"seq\":3,\"msg\":{\"market_ticker\":\"X\"}}}")
                .delta(938 * S, SECOND, 3)
                .capture("a.jsonl.gz");

        ImportResult result = run();

        assertThat(result.problems())
                .singleElement()
                .asString()
                .contains("a.jsonl.gz: 4 lines were unreadable", "line 10", "line 11", "line 12", "...");
        assertThat(open("20260501T140000Z").counts())
                .containsEntry("unreadableLines", 4L)
                .containsEntry("bookChanges", 4L);
    }

    @Test
    void missing_parts_are_named_and_the_rest_is_imported() throws IOException {
        CaptureFixture fixture = new CaptureFixture(data);
        fixture.snapshot(S, FIRST, 1).capture("a.jsonl.gz");
        fixture.write(
                "kxbtc15m_markets/m.csv",
                "ticker,event_ticker,open_time,close_time,result\n" + FIRST
                        + ",E,2026-05-01T14:00:00Z,2026-05-01T14:15:00Z,\n");
        fixture.write(
                "kalshi_ws_2026-05/index.csv", "file,markets\na.jsonl.gz," + FIRST + ":1:strike=80000.5:result=yes\n");

        ImportResult result = run();

        assertThat(result.problems())
                .anyMatch(words -> words.contains("has no coinbase_ticks_*"))
                .anyMatch(words -> words.contains("btc_1m is missing"));
        RecordedSession session = open("20260501T140001Z");
        assertThat(session.venues()).isEmpty();
        assertThat(session.markets().getFirst().result()).as("from the index").isEqualTo(Side.YES);
        assertThat(session.markets().getFirst().strikeE4()).hasValue(800_005_000);
        assertThat(session.missing()).contains("there are no Coinbase trades of this time");
    }

    @Test
    void a_market_whose_fate_is_unknown_is_left_out_and_named() throws IOException {
        twoMarkets().snapshot(940 * S, "KXBTC15M-26MAY011045-45", 3).capture("a.jsonl.gz");

        ImportResult result = run();

        assertThat(result.problems()).singleElement().asString().contains("KXBTC15M-26MAY011045-45 is left out");
        assertThat(open("20260501T140000Z").markets()).hasSize(2);
    }

    @Test
    void without_markets_nothing_can_be_imported_and_it_says_why() throws IOException {
        new CaptureFixture(data).snapshot(S, FIRST, 1).capture("a.jsonl.gz");

        ImportResult result = run();

        assertThat(result.isEmpty()).isTrue();
        assertThat(result.problems())
                .anyMatch(words -> words.contains("kxbtc15m_markets is missing or empty"))
                .anyMatch(words -> words.contains("is skipped"));
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_folder_without_captures_gets_a_clear_message() {
        assertThatThrownBy(this::run)
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("has no captures")
                .hasMessageContaining("kalshi_ws_*");
        assertThatThrownBy(() -> new SessionImport(data.resolve("none"), out, ImportProgress.SILENT).run())
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_folder_in_the_way_is_not_deleted() throws IOException {
        twoMarkets().capture("a.jsonl.gz");
        Files.createDirectories(out.resolve("20260501T140000Z"));
        Files.writeString(out.resolve("20260501T140000Z/thesis.txt"), "precious");

        assertThatThrownBy(this::run).hasMessageContaining("is in the way");
        assertThat(out.resolve("20260501T140000Z/thesis.txt")).hasContent("precious");
    }

    @Test
    void a_session_that_is_none_or_damaged_is_refused_with_a_remedy() throws IOException {
        twoMarkets().capture("a.jsonl.gz");
        run();
        Path folder = out.resolve("20260501T140000Z");
        assertThatThrownBy(() -> RecordedSession.open(out))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("is not a session folder");

        Path events = folder.resolve("events.zst");
        byte[] whole = Files.readAllBytes(events);
        Files.write(events, Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> events(RecordedSession.open(folder)))
                .hasMessageContaining("events.zst")
                .hasMessageContaining("truncated")
                .hasMessageContaining("./voltage import");
        Files.delete(events);
        assertThatThrownBy(() -> RecordedSession.open(folder)).hasMessageContaining("events.zst");

        Path manifest = folder.resolve("session.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"version\" : 1", "\"version\" : 9"));
        assertThatThrownBy(() -> RecordedSession.open(folder)).hasMessageContaining("version 1, was 9");
        Files.writeString(manifest, text.substring(0, 200));
        assertThatThrownBy(() -> RecordedSession.open(folder)).hasMessageContaining("session.json is damaged");
    }

    private ImportResult run() throws SessionException {
        return new SessionImport(data, out, ImportProgress.SILENT).run();
    }

    private RecordedSession open(String name) throws SessionException {
        return RecordedSession.open(out.resolve(name));
    }

    private static List<SessionEvent> events(Session session) {
        List<SessionEvent> events = new ArrayList<>();
        try (Session.EventCursor cursor = session.open()) {
            cursor.forEachRemaining(events::add);
        }
        return events;
    }

    private static List<String> described(Session session) {
        return events(session).stream()
                .map(event -> event.getClass().getSimpleName() + " +" + (event.atNanos() - OPEN))
                .toList();
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        out.relativize(file).toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
