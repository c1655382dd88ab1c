package voltage.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.local.session.SimulatedSession;
import voltage.market.Venue;

class ShiftedSessionTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long NOW = Instant.parse("2027-01-05T10:07:31.5Z").getEpochSecond() * 1_000_000_000L;

    private final Session original = new SimulatedSession(7, 1);
    private final Session shifted = ShiftedSession.startingAt(original, NOW);

    @Test
    void a_simulation_begins_within_the_last_quarter_of_an_hour_and_keeps_its_place_in_it() {
        assertThat(shifted.startNanos()).isBetween(NOW - 15 * MINUTE, NOW);
        assertThat((shifted.startNanos() - original.startNanos()) % (15 * MINUTE))
                .isZero();
        assertThat(shifted.endNanos() - shifted.startNanos()).isEqualTo(original.endNanos() - original.startNanos());
    }

    @Test
    void the_ticker_tells_the_moved_close_in_new_york() {
        SessionMarket market = shifted.markets().getFirst();
        // Began at 09:56 UTC; the first market opens four minutes later and closes at 10:15 UTC.
        assertThat(market.closeNanos())
                .isEqualTo(Instant.parse("2027-01-05T10:15:00Z").getEpochSecond() * 1_000_000_000L);
        assertThat(market.ticker()).isEqualTo("KXBTC15M-27JAN050515-15");
        assertThat(market.eventTicker()).isEqualTo("KXBTC15M-27JAN050515");
    }

    @Test
    void events_keep_their_order_and_distance_and_carry_the_new_tickers() {
        long shift = shifted.startNanos() - original.startNanos();
        try (Session.EventCursor before = original.open();
                Session.EventCursor after = shifted.open()) {
            for (int i = 0; i < 20_000; i++) {
                SessionEvent old = before.next();
                SessionEvent peeked = after.peek();
                SessionEvent moved = after.next();
                assertThat(moved).isSameAs(peeked);
                assertThat(moved.atNanos() - old.atNanos()).isEqualTo(shift);
                if (moved instanceof SessionEvent.BookChange change) {
                    assertThat(change.ticker())
                            .isEqualTo(shifted.markets().getFirst().ticker());
                }
            }
        }
    }

    @Test
    void candles_of_the_past_are_moved_too() {
        assertThat(shifted.history(Venue.KRAKEN).getLast().openNanos())
                .isBetween(shifted.startNanos() - 2 * MINUTE, shifted.startNanos());
    }
}
