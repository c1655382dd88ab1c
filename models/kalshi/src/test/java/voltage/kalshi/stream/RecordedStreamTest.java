package voltage.kalshi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.SharedData;
import voltage.market.BookDelta;
import voltage.market.EventSink;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.BookDamaged;
import voltage.market.MarketEvent.BookSnapshot;
import voltage.market.MarketEvent.ContractTicker;
import voltage.market.MarketEvent.Damage;
import voltage.market.MarketKey;
import voltage.market.MarketKeys;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.TickGrid;

/** The decoder over frames recorded on Kalshi. Skipped where {@code ../shared/data} is absent. */
@Timeout(120)
class RecordedStreamTest {
    private static final String FRAME = "\"frame\":";

    /** Keeps books as an engine does, and counts. */
    private static final class Books implements EventSink {
        final Map<MarketKey, OrderBook> books = new HashMap<>();
        final Map<Damage, Integer> damages = new EnumMap<>(Damage.class);
        int deltas;
        int applied;
        int snapshots;
        int tickers;
        int others;

        @Override
        public void on(MarketEvent event) {
            switch (event) {
                case BookDelta delta -> {
                    deltas++;
                    OrderBook.Change change =
                            book(delta.market()).apply(delta.side(), delta.priceE4(), delta.deltaE2());
                    if (change == OrderBook.Change.APPLIED) {
                        applied++;
                    }
                }
                case BookSnapshot snapshot -> {
                    snapshots++;
                    OrderBook book = book(snapshot.market());
                    book.beginSnapshot();
                    fill(book, Side.YES, snapshot.yesPricesE4(), snapshot.yesCountsE2());
                    fill(book, Side.NO, snapshot.noPricesE4(), snapshot.noCountsE2());
                }
                case BookDamaged damaged -> damages.merge(damaged.damage(), 1, Integer::sum);
                case ContractTicker ticker -> tickers++;
                default -> others++;
            }
        }

        private OrderBook book(MarketKey market) {
            return books.computeIfAbsent(market, key -> new OrderBook(TickGrid.TAPERED_DECI_CENT));
        }

        private static void fill(OrderBook book, Side side, int[] pricesE4, long[] countsE2) {
            for (int i = 0; i < pricesE4.length; i++) {
                assertThat(book.setLevel(side, pricesE4[i], countsE2[i])).isEqualTo(OrderBook.Change.APPLIED);
            }
        }
    }

    private static void play(Path file, KalshiStreamDecoder decoder, EventSink out) throws Exception {
        SharedData.lines(file, line -> {
            int at = line.indexOf(FRAME) + FRAME.length();
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            if (line.startsWith("{\"_control\"", at)) {
                decoder.connected(Frames.RECEIVED, out);
            } else {
                decoder.frame(bytes, at, bytes.length - 1, Frames.RECEIVED, out);
            }
        });
    }

    @Test
    void a_whole_capture_decodes_into_whole_books() throws Exception {
        KalshiStreamDecoder decoder = new KalshiStreamDecoder(new MarketKeys());
        Books books = new Books();
        play(SharedData.folder("kalshi_ws_2026-05").resolve("20260513T230110Z.jsonl.gz"), decoder, books);

        assertThat(books.deltas).isEqualTo(97_077);
        assertThat(books.applied).isEqualTo(97_077);
        assertThat(books.snapshots).isEqualTo(3);
        assertThat(books.tickers).isEqualTo(845);
        assertThat(books.others).isZero();
        assertThat(books.damages).containsOnlyKeys(Damage.DISCONNECTED);
        assertThat(decoder.sequenceGaps()).isZero();
        assertThat(decoder.slowDeltas()).isZero();
        assertThat(decoder.droppedDeltas()).isZero();
        assertThat(decoder.unknownFrames()).isZero();
        assertThat(decoder.unknownFields()).isZero();
        assertThat(decoder.takeResyncs()).isEmpty();
        assertThat(books.books.values()).allMatch(OrderBook::isWhole).noneMatch(OrderBook::isCrossed);
    }

    @Test
    void the_fast_and_the_slow_path_agree_on_a_capture() throws Exception {
        KalshiStreamDecoder slow = new KalshiStreamDecoder(new MarketKeys(), MarketCatalogue.ofAllSeries(), false);
        KalshiStreamDecoder fast = new KalshiStreamDecoder(new MarketKeys());
        Path file = SharedData.folder("kalshi_ws_2026-05").resolve("20260513T175306Z.jsonl.gz");
        List<String> events = new ArrayList<>();
        SharedData.lines(file, line -> {
            String frame = line.substring(line.indexOf(FRAME) + FRAME.length(), line.length() - 1);
            if (frame.startsWith("{\"_control\"")) {
                fast.connected(Frames.RECEIVED, event -> events.add(Frames.text(event)));
                slow.connected(Frames.RECEIVED, event -> events.add(Frames.text(event)));
            } else {
                assertThat(Frames.decode(fast, frame)).isEqualTo(Frames.decode(slow, frame));
            }
        });
        assertThat(slow.slowDeltas())
                .isEqualTo(slow.deltas())
                .isEqualTo(fast.deltas())
                .isPositive();
    }

    @Test
    void the_capture_with_a_gap_damages_its_books_once() throws Exception {
        KalshiStreamDecoder decoder = new KalshiStreamDecoder(new MarketKeys());
        Books books = new Books();
        play(SharedData.folder("kalshi_ws_2026-05").resolve("20260511T235205Z.jsonl.gz"), decoder, books);

        assertThat(decoder.sequenceGaps()).isEqualTo(1);
        assertThat(books.damages).containsKey(Damage.SEQUENCE_GAP);
        assertThat(books.applied).isEqualTo(books.deltas);
    }

    @Test
    void byte_true_frames_without_ts_ms_decode_and_errors_are_surfaced() throws Exception {
        KalshiStreamDecoder decoder = new KalshiStreamDecoder(new MarketKeys());
        List<String> events = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        SharedData.lines(SharedData.folder("frames").resolve("kalshi_ws_frames_20260418.jsonl"), line -> {
            JsonNode record = mapper.readTree(line);
            events.addAll(Frames.decode(decoder, record.get("raw").textValue()));
        });

        assertThat(events).filteredOn(event -> event.startsWith("snapshot ")).hasSize(8);
        assertThat(events).filteredOn(event -> event.startsWith("delta ")).hasSize(61);
        assertThat(events.get(8))
                .isEqualTo("delta KXBTC-26APR1817-B76875 NO 8100 -500000 #9 @1776490489816683000 " + Frames.RECEIVED);
        assertThat(decoder.slowDeltas()).isZero();
        assertThat(decoder.takeErrors()).hasSize(3).allMatch(error -> error.code() == 8);
    }

    @Test
    void frames_of_the_demo_exchange_decode() throws Exception {
        for (Path file : SharedData.files("kalshi_demo_fixtures", ".jsonl")) {
            KalshiStreamDecoder decoder = new KalshiStreamDecoder(new MarketKeys());
            List<String> events = new ArrayList<>();
            SharedData.lines(file, line -> {
                if (!line.isBlank()) {
                    events.addAll(Frames.decode(decoder, line));
                }
            });
            assertThat(events)
                    .anyMatch(event -> event.startsWith("snapshot "))
                    .anyMatch(event -> event.startsWith("delta "));
            assertThat(decoder.sequenceGaps()).isZero();
            assertThat(decoder.unknownFrames()).isZero();
            assertThat(decoder.unknownFields()).isZero();
        }
    }
}
