package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.local.session.SessionEvent;
import voltage.market.FixedPoint;
import voltage.market.Ladder;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.TickGrid;

/** While no account trades, the exchange shows a recorded book exactly. */
class RecordedBookTest {
    private static final Path CAPTURE = Path.of(
            System.getProperty("voltage.shared", "../shared"), "data/kalshi_ws_2026-05/20260511T160001Z.jsonl.gz");

    private long nowNanos;
    private final LocalExchange exchange =
            new LocalExchange(ExchangeSettings.defaults(), () -> nowNanos, ExchangeJournal.NONE);
    private final Map<String, OrderBook> recorded = new HashMap<>();

    @Test
    @Timeout(60)
    void the_displayed_book_is_the_recorded_one() throws Exception {
        Assumptions.assumeTrue(Files.exists(CAPTURE), "not run: ../shared/data is absent");
        int changes = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CAPTURE)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = TestExchange.json(line);
                JsonNode frame = row.path("frame").isTextual()
                        ? TestExchange.json(row.path("frame").asText())
                        : row.path("frame");
                JsonNode msg = frame.path("msg");
                nowNanos = Math.max(nowNanos, row.path("recv_ns").asLong());
                switch (frame.path("type").asText()) {
                    case "orderbook_snapshot" -> image(msg);
                    case "orderbook_delta" -> {
                        change(msg);
                        if (++changes % 500 == 0) {
                            compare();
                        }
                    }
                    default -> {}
                }
            }
        }
        compare();
        assertThat(changes).isEqualTo(40_976);
    }

    private void image(JsonNode msg) {
        String ticker = msg.path("market_ticker").asText();
        OrderBook book = recorded.computeIfAbsent(ticker, key -> {
            exchange.addMarkets(List.of(TestExchange.market(key, openNanos(key))));
            return new OrderBook(TickGrid.TAPERED_DECI_CENT);
        });
        book.beginSnapshot();
        JsonNode yes = msg.path("yes_dollars_fp");
        JsonNode no = msg.path("no_dollars_fp");
        yes.forEach(level -> book.setLevel(Side.YES, priceE4(level.get(0)), countE2(level.get(1))));
        no.forEach(level -> book.setLevel(Side.NO, priceE4(level.get(0)), countE2(level.get(1))));
        exchange.apply(new SessionEvent.BookImage(nowNanos, ticker, prices(yes), counts(yes), prices(no), counts(no)));
    }

    private void change(JsonNode msg) {
        String ticker = msg.path("market_ticker").asText();
        Side side = msg.path("side").asText().equals("yes") ? Side.YES : Side.NO;
        int priceE4 = priceE4(msg.path("price_dollars"));
        long deltaE2 = countE2(msg.path("delta_fp"));
        OrderBook book = recorded.get(ticker);
        if (book != null) {
            assertThat(book.apply(side, priceE4, deltaE2)).isEqualTo(OrderBook.Change.APPLIED);
            exchange.apply(new SessionEvent.BookChange(nowNanos, ticker, side, priceE4, deltaE2, nowNanos));
        }
    }

    private void compare() {
        recorded.forEach((ticker, book) -> {
            for (Side side : Side.values()) {
                Ladder ladder = book.ladder(side);
                for (int index = 0; index < ladder.grid().size(); index++) {
                    int priceE4 = ladder.grid().priceE4(index);
                    assertThat(exchange.displayedE2(ticker, side, priceE4)).isEqualTo(ladder.countE2(index));
                }
            }
        });
    }

    /** The stamp in a ticker is the close in New York. */
    private static long openNanos(String ticker) {
        String stamp = ticker.substring("KXBTC15M-".length(), ticker.lastIndexOf('-'));
        LocalDateTime close = LocalDateTime.of(
                2026,
                5,
                Integer.parseInt(stamp.substring(5, 7)),
                Integer.parseInt(stamp.substring(7, 9)),
                Integer.parseInt(stamp.substring(9, 11)));
        return close.atZone(ZoneId.of("America/New_York")).toEpochSecond() * TestExchange.SECOND
                - 900 * TestExchange.SECOND;
    }

    private static int[] prices(JsonNode levels) {
        int[] prices = new int[levels.size()];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = priceE4(levels.get(i).get(0));
        }
        return prices;
    }

    private static long[] counts(JsonNode levels) {
        long[] counts = new long[levels.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = countE2(levels.get(i).get(1));
        }
        return counts;
    }

    private static int priceE4(JsonNode text) {
        return (int) FixedPoint.parse(text.asText(), 4);
    }

    private static long countE2(JsonNode text) {
        return FixedPoint.parse(text.asText(), 2);
    }
}
