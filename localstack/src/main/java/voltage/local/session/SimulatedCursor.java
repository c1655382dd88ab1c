package voltage.local.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Makes a simulated session's events up, a tenth of a second at a time. */
final class SimulatedCursor implements Session.EventCursor {
    private static final long FIRST_IMAGE_AFTER_OPEN = 40_000_000L;
    private static final long LAST_IMAGE_AFTER_CLOSE = 600_000_000L;

    private final SimulatedPrices prices;
    private final List<SessionMarket> markets;
    private final List<SimulatedVenue> venues = new ArrayList<>();
    private final List<SimulatedBook> books = new ArrayList<>();
    private final long startNanos;
    private final long endNanos;
    private final Deque<SessionEvent> ready = new ArrayDeque<>();
    private int step;

    SimulatedCursor(long seed, SimulatedPrices prices, List<SessionMarket> markets, long startNanos, long endNanos) {
        this.prices = prices;
        this.markets = markets;
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        for (SimulatedVenue.Profile profile : SimulatedVenue.ALL) {
            venues.add(new SimulatedVenue(profile, prices, seed));
        }
        for (SessionMarket market : markets) {
            books.add(new SimulatedBook(market, prices, seed));
        }
    }

    @Override
    public @Nullable SessionEvent peek() {
        while (ready.isEmpty() && startNanos + step * SimulatedPrices.STEP_NANOS < endNanos) {
            make();
            step++;
        }
        return ready.peekFirst();
    }

    @Override
    public SessionEvent next() {
        SessionEvent event = peek();
        if (event == null) {
            throw new NoSuchElementException("the session has no further event");
        }
        ready.removeFirst();
        return event;
    }

    @Override
    public void close() {
        ready.clear();
    }

    private void make() {
        long stepNanos = startNanos + step * SimulatedPrices.STEP_NANOS;
        List<SessionEvent> events = new ArrayList<>();
        boolean isSecond = step % SimulatedPrices.STEPS_A_SECOND == 0;
        if (isSecond) {
            int second = step / SimulatedPrices.STEPS_A_SECOND;
            events.add(new SessionEvent.IndexPrint(stepNanos, prices.indexE4(second)));
        }
        for (SimulatedVenue venue : venues) {
            venue.step(step, stepNanos, events);
        }
        for (int i = 0; i < markets.size(); i++) {
            book(markets.get(i), books.get(i), stepNanos, isSecond, events);
        }
        // Each part's events are in order, so a stable sort keeps causes before effects.
        events.sort(Comparator.comparingLong(SessionEvent::atNanos));
        ready.addAll(events);
    }

    private void book(
            SessionMarket market, SimulatedBook book, long stepNanos, boolean isSecond, List<SessionEvent> events) {
        if (stepNanos == market.openNanos()) {
            book.open(step, stepNanos + FIRST_IMAGE_AFTER_OPEN, events);
        } else if (stepNanos > market.openNanos() && stepNanos < market.closeNanos()) {
            book.step(step, stepNanos, events);
            if (isSecond) {
                events.add(book.ticker(stepNanos + SimulatedBook.LATEST_IN_STEP));
            }
        } else if (stepNanos == market.closeNanos() + LAST_IMAGE_AFTER_CLOSE) {
            events.add(book.empty(stepNanos));
        }
    }
}
