package voltage.local.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.local.session.SimulatedSession;
import voltage.market.Venue;
import voltage.worker.feed.FeedState;
import voltage.worker.run.Endpoints;

class PaperTradingTest {
    @Test
    @Timeout(120)
    void it_connects_to_the_local_exchange_stops_in_order_and_starts_again_in_the_same_folder(@TempDir Path folder)
            throws Exception {
        try (LocalVenues venues =
                LocalVenues.start(new SimulatedSession(3, 4), 0, InstantSource.system(), 1_000_000_000L)) {
            assertThat(Reachability.of(endpoints(venues))).allMatch(Reachability.Answer::isReached);
            ApiKey key = new ApiKey(
                    venues.credentials().keyId(),
                    RequestSigner.ofPem(venues.credentials().privateKeyPem(), "the local exchange's key"));
            runUntilLive(venues, Optional.of(key), folder);
            runUntilLive(venues, Optional.empty(), folder);
        }
    }

    private static void runUntilLive(LocalVenues venues, Optional<ApiKey> key, Path folder) throws Exception {
        Standby.Turn turn = Standby.await(endpoints(venues), folder, wait -> false, told -> {})
                .orElseThrow();
        // Whoever stopped in order before has given the lease back: there is nothing to wait for.
        assertThat(turn.lease().leader()).isEmpty();
        PaperTrading paper = PaperTrading.start(
                turn.cloud(), turn.lease(), endpoints(venues), key, folder, PaperTrading.view(), status -> {});
        try (turn;
                paper) {
            await(
                    paper,
                    () -> paper.health().values().stream().allMatch(feed -> feed.state() == FeedState.LIVE)
                            && paper.state().events() > 100);
            assertThat(paper.state().equityE6()).isPositive();
            assertThat(paper.state().dropped()).isZero();
        }
        // Ended in order, not by an error.
        paper.ended().get(1, TimeUnit.SECONDS);
    }

    /** Looks ten times a second, until the test's time is over; ends at once if the engine does. */
    private static void await(PaperTrading paper, BooleanSupplier condition)
            throws InterruptedException, ExecutionException {
        while (!condition.getAsBoolean()) {
            try {
                paper.ended().get(100, TimeUnit.MILLISECONDS);
                throw new AssertionError("the engine ended by itself");
            } catch (TimeoutException e) {
                // still running: look again
            }
        }
    }

    private static Endpoints endpoints(LocalVenues venues) {
        Endpoints real = Endpoints.production();
        return new Endpoints(
                URI.create(venues.restUrl()),
                URI.create(venues.streamUrl()),
                URI.create(venues.feedStream(Venue.KRAKEN)),
                URI.create(venues.feedRest(Venue.KRAKEN)),
                URI.create(venues.feedStream(Venue.COINBASE)),
                real.binanceStream(),
                real.binanceRest(),
                real.binanceUsStream(),
                real.binanceUsRest(),
                Set.of(Venue.KRAKEN, Venue.COINBASE));
    }
}
