package voltage.local.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.market.Candle;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.TickGrid;
import voltage.market.Venue;

/** Over the real recordings in {@code ../shared/data}: a layer of its own, not run where they are absent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class RecordedDataImportTest {
    private static final Path DATA = Path.of(System.getProperty("voltage.shared", "../shared"), "data");

    private ImportResult result = new ImportResult(List.of(), List.of());

    @BeforeAll
    void everythingIsImportedOnce(@TempDir Path out) throws SessionException {
        assumeTrue(Files.isDirectory(DATA), "not run: ../shared/data is absent");
        result = new SessionImport(DATA, out, ImportProgress.SILENT).run();
    }

    @Test
    void every_capture_becomes_a_session_and_the_one_with_an_hour_missing_becomes_two() {
        assertThat(result.sessions()).hasSize(41);
        assertThat(result.sessions())
                .filteredOn(session -> session.capture().equals("20260511T235205Z.jsonl.gz"))
                .extracting(ImportResult.ImportedSession::name)
                .containsExactly("20260511T235205Z", "20260512T010000Z");
        assertThat(result.sessions())
                .extracting(ImportResult.ImportedSession::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void no_delta_is_lost() throws IOException {
        Map<String, Long> expected = new TreeMap<>();
        try (CsvReader csv = new CsvReader(DATA.resolve("kalshi_ws_2026-05/index.csv"))) {
            while (csv.next()) {
                expected.put(csv.cell("file"), Long.parseLong(csv.cell("deltas")));
            }
        }
        Map<String, Long> found = new TreeMap<>();
        result.sessions().forEach(session -> found.merge(session.capture(), session.changes(), Long::sum));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void markets_have_the_official_results() throws IOException {
        Map<String, String> official = new HashMap<>();
        try (CsvReader csv = new CsvReader(DATA.resolve("kxbtc15m_markets/kxbtc15m_markets.csv.gz"))) {
            while (csv.next()) {
                official.put(csv.cell("ticker"), csv.cell("result"));
            }
        }
        for (ImportResult.ImportedSession imported : result.sessions()) {
            RecordedSession session = RecordedSession.open(imported.folder());
            assertThat(session.markets()).isNotEmpty();
            for (SessionMarket market : session.markets()) {
                assertThat(official.get(market.ticker()))
                        .as(market.ticker())
                        .isEqualTo(market.result() == Side.YES ? "yes" : "no");
                assertThat(market.strikeE4()).isPresent();
                assertThat(market.closeNanos() - market.openNanos()).isEqualTo(Times.QUARTER_HOUR);
                market.expirationValueE4()
                        .ifPresent(value -> assertThat(market.strikeType()
                                        .paysYes(value, market.strikeE4().orElseThrow(), 0))
                                .isEqualTo(market.result() == Side.YES));
                assertThat(market.settledNanos()).isLessThanOrEqualTo(session.endNanos());
            }
        }
    }

    @Test
    void events_are_in_order_and_build_whole_books_and_history_ends_where_the_session_begins() throws IOException {
        for (ImportResult.ImportedSession imported : result.sessions()) {
            RecordedSession session = RecordedSession.open(imported.folder());
            long[] last = {session.startNanos()};
            List<Candle> history = session.history(Venue.BINANCE);
            assertThat(history).hasSize(1_500);
            List<Candle> during = new ArrayList<>();
            RecordedBooks books = new RecordedBooks();
            try (Session.EventCursor cursor = session.open()) {
                cursor.forEachRemaining(event -> {
                    if (event.atNanos() < last[0]) {
                        throw new AssertionError(session.name() + ": out of order: " + event);
                    }
                    last[0] = event.atNanos();
                    books.on(event);
                    if (event instanceof SessionEvent.CandleClosed closed) {
                        during.add(closed.candle());
                    }
                });
            }
            assertThat(books.refused).as(session.name()).isZero();
            assertThat(last[0]).isLessThanOrEqualTo(session.endNanos());
            if (!during.isEmpty()) {
                assertThat(during.getFirst().openNanos() - history.getLast().openNanos())
                        .isEqualTo(Times.MINUTE);
            }
        }
    }

    @Test
    void nothing_in_the_recordings_is_unreadable() {
        assertThat(result.problems()).isEmpty();
        assertThatCode(() -> result.sessions()
                        .forEach(session -> assertThat(session.missing()).isNotEmpty()))
                .doesNotThrowAnyException();
    }

    /** Builds every market's book and counts what does not fit. */
    private static final class RecordedBooks {
        private final Map<String, OrderBook> books = new HashMap<>();
        private long refused;

        private void on(SessionEvent event) {
            if (event instanceof SessionEvent.BookImage image) {
                OrderBook book = book(image.ticker());
                book.beginSnapshot();
                for (int i = 0; i < image.yesPricesE4().length; i++) {
                    count(book.setLevel(Side.YES, image.yesPricesE4()[i], image.yesCountsE2()[i]));
                }
                for (int i = 0; i < image.noPricesE4().length; i++) {
                    count(book.setLevel(Side.NO, image.noPricesE4()[i], image.noCountsE2()[i]));
                }
            } else if (event instanceof SessionEvent.BookChange change) {
                count(book(change.ticker()).apply(change.side(), change.priceE4(), change.deltaE2()));
            }
        }

        private OrderBook book(String ticker) {
            return books.computeIfAbsent(ticker, name -> new OrderBook(TickGrid.TAPERED_DECI_CENT));
        }

        private void count(OrderBook.Change change) {
            refused += change == OrderBook.Change.APPLIED ? 0 : 1;
        }
    }
}
