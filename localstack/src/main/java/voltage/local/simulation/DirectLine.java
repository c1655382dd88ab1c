package voltage.local.simulation;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.kalshi.rest.HttpTransport.HttpResponse;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.RateBudget;
import voltage.local.play.VirtualTime;

/** A client of the exchange on whose way nothing goes wrong: a person's. It shares the account with the executor, and its limits there. */
final class DirectLine {
    private static final long ONE_WAY = 11 * World.MILLI;

    private final World world;
    private final Wire wire;
    private final String keyId;

    DirectLine(World world, Wire wire, String keyId) {
        this.world = world;
        this.wire = wire;
        this.keyId = keyId;
    }

    KalshiClient client() {
        InstantSource clock = () -> VirtualTime.instantOf(world.now());
        return new KalshiClient(
                Wire.endpoints().kalshiRest(),
                Optional.empty(),
                this::send,
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                world::pause,
                new Random(1));
    }

    private HttpResponse send(HttpRequest request) throws IOException {
        world.pause(ONE_WAY);
        HttpResponse answer = wire.exchange(request, keyId, world.now());
        world.pause(ONE_WAY);
        if (answer == null) {
            throw new HttpTimeoutException("no answer from " + request);
        }
        world.log.add(
                () -> "by hand: " + request.method() + " " + request.uri().getRawPath() + " -> " + answer.status());
        return answer;
    }
}
