package voltage.local.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Candle;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.Venue;

@Timeout(120)
class SimulatedSessionTest {
    private static final SimulatedSession SESSION = new SimulatedSession(SimulatedSession.DEFAULT_SEED);

    @Test
    void the_same_seed_gives_the_same_session_on_every_machine() {
        assertThat(EventDigest.of(SESSION)).isEqualTo(EventDigest.of(new SimulatedSession(42)));
        assertThat(EventDigest.of(SESSION))
                .isEqualTo("d5ebab8638054afe74740fa8ab883fadfef6b182f17a59ca9494a25508afe9a2");
        assertThat(EventDigest.of(new SimulatedSession(43))).isNotEqualTo(EventDigest.of(SESSION));
    }

    @Test
    void a_market_is_settled_at_the_mean_of_the_last_sixty_index_values_which_is_the_next_ones_strike() {
        Map<Long, Long> index = new HashMap<>();
        events(SESSION).forEach(event -> {
            if (event instanceof SessionEvent.IndexPrint print) {
                index.put(print.atNanos(), print.valueE4());
            }
        });
        List<SessionMarket> markets = SESSION.markets();
        for (int i = 0; i < markets.size(); i++) {
            SessionMarket market = markets.get(i);
            long sum = 0;
            for (int second = 0; second < 60; second++) {
                sum += index.getOrDefault(market.closeNanos() - second * Times.SECOND, 0L);
            }
            long value = market.expirationValueE4().orElseThrow();
            assertThat(Math.abs(value - sum / 60.0)).isLessThanOrEqualTo(50.0);
            assertThat(value % 100).isZero();
            assertThat(market.result() == Side.YES)
                    .isEqualTo(value >= market.strikeE4().orElseThrow());
            if (i + 1 < markets.size()) {
                assertThat(markets.get(i + 1).strikeE4()).isEqualTo(market.expirationValueE4());
                assertThat(markets.get(i + 1).openNanos()).isEqualTo(market.closeNanos());
            }
            assertThat(market.settledNanos()).isLessThanOrEqualTo(SESSION.endNanos());
        }
        assertThat(markets.getFirst().ticker()).isEqualTo("KXBTC15M-26OCT201045-45");
        assertThat(markets).hasSize(3);
    }

    @Test
    void books_are_never_damaged_or_crossed_and_are_empty_after_close() {
        Map<String, OrderBook> books = new TreeMap<>();
        Map<String, Integer> oneSided = new TreeMap<>();
        Map<String, Integer> spreads = new TreeMap<>();
        long[] changes = {0};
        long last = SESSION.startNanos();
        for (SessionEvent event : events(SESSION)) {
            assertThat(event.atNanos()).isGreaterThanOrEqualTo(last);
            last = event.atNanos();
            switch (event) {
                case SessionEvent.BookImage image -> {
                    OrderBook book = books.computeIfAbsent(
                            image.ticker(),
                            ticker -> new OrderBook(SESSION.markets().getFirst().grid()));
                    book.beginSnapshot();
                    for (int i = 0; i < image.yesPricesE4().length; i++) {
                        assertThat(book.setLevel(Side.YES, image.yesPricesE4()[i], image.yesCountsE2()[i]))
                                .isEqualTo(OrderBook.Change.APPLIED);
                    }
                    for (int i = 0; i < image.noPricesE4().length; i++) {
                        assertThat(book.setLevel(Side.NO, image.noPricesE4()[i], image.noCountsE2()[i]))
                                .isEqualTo(OrderBook.Change.APPLIED);
                    }
                }
                case SessionEvent.BookChange change -> {
                    OrderBook book = Objects.requireNonNull(books.get(change.ticker()));
                    assertThat(book.apply(change.side(), change.priceE4(), change.deltaE2()))
                            .isEqualTo(OrderBook.Change.APPLIED);
                    assertThat(book.isCrossed()).isFalse();
                    changes[0]++;
                }
                case SessionEvent.TickerPrint print -> {
                    OrderBook book = Objects.requireNonNull(books.get(print.ticker()));
                    if (!book.isTwoSided()) {
                        oneSided.merge(print.ticker(), 1, Integer::sum);
                    } else {
                        spreads.merge(book.spreadE4() <= 100 ? "tick" : "wide", 1, Integer::sum);
                    }
                }
                default -> {}
            }
        }
        assertThat(last).isLessThanOrEqualTo(SESSION.endNanos());
        assertThat(books).hasSize(3).allSatisfy((ticker, book) -> {
            assertThat(book.ladder(Side.YES).isEmpty()).isTrue();
            assertThat(book.ladder(Side.NO).isEmpty()).isTrue();
        });
        assertThat(oneSided.keySet()).hasSize(3);
        assertThat(changes[0] / 2_700).isBetween(30L, 60L);
        assertThat(spreads.get("tick")).isGreaterThan(5 * spreads.getOrDefault("wide", 0));
    }

    @Test
    void every_venue_has_prints_candles_and_a_day_of_history_that_join() {
        Map<Venue, List<Candle>> candles = new TreeMap<>();
        Map<Venue, Long> nextId = new TreeMap<>();
        for (SessionEvent event : events(SESSION)) {
            if (event instanceof SessionEvent.CandleClosed closed) {
                candles.computeIfAbsent(closed.venue(), venue -> new ArrayList<>())
                        .add(closed.candle());
                assertThat(closed.atNanos()).isEqualTo(closed.candle().openNanos() + Times.MINUTE);
            } else if (event instanceof SessionEvent.SpotPrint print) {
                assertThat(print.tradeId()).isEqualTo(nextId.getOrDefault(print.venue(), print.tradeId()));
                nextId.put(print.venue(), print.tradeId() + 1);
            }
        }
        for (Venue venue : SESSION.venues()) {
            List<Candle> history = SESSION.history(venue);
            assertThat(history).hasSize(1_500);
            assertThat(history.getLast().openNanos()).isEqualTo(SESSION.startNanos() - Times.MINUTE);
            assertThat(candles.get(venue)).hasSizeGreaterThanOrEqualTo(46);
            Candle first = candles.getOrDefault(venue, List.of()).getFirst();
            assertThat((double) first.openE4() / history.getLast().closeE4()).isBetween(0.999, 1.001);
        }
    }

    private static List<SessionEvent> events(Session session) {
        List<SessionEvent> events = new ArrayList<>();
        try (Session.EventCursor cursor = session.open()) {
            cursor.forEachRemaining(events::add);
        }
        return events;
    }
}
