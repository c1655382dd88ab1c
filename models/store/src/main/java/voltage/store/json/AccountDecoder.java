package voltage.store.json;

import java.io.IOException;
import voltage.market.AccountEvent;
import voltage.market.EventSink;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.order.ExecutionReport;
import voltage.order.LaneSwitched;
import voltage.order.LedgerLoaded;

/** Reads the feeds of our own account: execution reports, the ledger as loaded, the operator's switches. */
public final class AccountDecoder implements FrameDecoder {
    @Override
    public void connected(long receivedNanos, EventSink out) {}

    @Override
    public void disconnected(long receivedNanos, EventSink out) {}

    @Override
    public void frame(byte[] bytes, int from, int to, long receivedNanos, EventSink out)
            throws MalformedFrameException {
        AccountEvent event;
        try {
            event = AccountJson.event(bytes, from, to);
        } catch (IOException | ClassCastException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFrameException("an event about our account was expected: " + e.getMessage(), e);
        }
        if (event == null) {
            throw new MalformedFrameException("an event about our account was expected, was null");
        }
        String hole = Holes.in(event);
        if (hole != null) {
            throw new MalformedFrameException("an event about our account must be whole, " + hole + " was missing");
        }
        out.on(
                switch (event) {
                    case ExecutionReport report -> report.receivedAt(receivedNanos);
                    case LedgerLoaded loaded ->
                        new LedgerLoaded(
                                loaded.entries(),
                                loaded.unfinished(),
                                loaded.state(),
                                loaded.exchangeNanos(),
                                receivedNanos);
                    case LaneSwitched switched ->
                        new LaneSwitched(switched.state(), switched.reason(), switched.exchangeNanos(), receivedNanos);
                    default ->
                        throw new MalformedFrameException("an event about our account was expected, was "
                                + event.getClass().getSimpleName());
                });
    }
}
