package voltage.local.lane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import voltage.local.live.LocalVenues;
import voltage.local.session.SessionMarket;
import voltage.local.session.SimulatedSession;
import voltage.order.Command;
import voltage.order.Lane;
import voltage.order.OrderTerms;

/** The local exchange in real time, and the environment that leads a lane to it. */
final class LocalLane implements AutoCloseable {
    private static final long QUARTER_SECONDS = 900;

    final LocalVenues venues;
    /** The real time's pace, but always five minutes into a quarter hour, so that a market has ten left. */
    final InstantSource clock;

    private final Path keyFile;

    LocalLane(Path folder) {
        try {
            long real = InstantSource.system().instant().getEpochSecond();
            long offset = 300 - Math.floorMod(real, QUARTER_SECONDS);
            clock = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(offset));
            // The session began a quarter hour ago, so that one of its markets trades now.
            AtomicBoolean isFirst = new AtomicBoolean(true);
            InstantSource sessions =
                    () -> isFirst.getAndSet(false) ? clock.instant().minusSeconds(QUARTER_SECONDS) : clock.instant();
            venues = LocalVenues.start(new SimulatedSession(3, 4), 0, sessions, 1_000_000_000L);
            keyFile = folder.resolve("key.pem");
            Files.writeString(keyFile, venues.credentials().privateKeyPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "VOLTAGE_KALSHI_REST", venues.restUrl(),
                "VOLTAGE_KALSHI_KEY_ID", venues.credentials().keyId(),
                "VOLTAGE_KALSHI_KEY_FILE", keyFile.toString());
    }

    LaneAccess open(Lane lane, Path folder) {
        return LaneAccess.open(lane, Optional.of(folder), environment(), clock);
    }

    /** The market that trades now. */
    String ticker() {
        long now = LaneAccess.nanos(clock);
        return venues.markets().stream()
                .filter(market -> market.openNanos() <= now && now < market.closeNanos())
                .map(SessionMarket::ticker)
                .findFirst()
                .orElseThrow();
    }

    static Command.PlaceOrder order(Command.Header header, OrderTerms terms) {
        return new Command.PlaceOrder(
                header,
                terms,
                Command.Purpose.ENTRY,
                new Command.SeenBook(4_900, 5_000, 1, header.decidedNanos(), Long.MAX_VALUE));
    }

    /** Looks again and again; the test's own time limit ends it. */
    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("the test's time is over");
            }
        }
    }

    @Override
    public void close() {
        venues.close();
    }
}
