package voltage.local.lane;

import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.Pause;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.BookSource;
import voltage.lambda.execution.Exchange;
import voltage.lambda.execution.KalshiBooks;
import voltage.lambda.execution.KalshiExchange;
import voltage.lambda.execution.PaperExchange;
import voltage.local.live.Surroundings;
import voltage.market.MarketKeys;
import voltage.order.Lane;
import voltage.order.Ledger;

/**
 * A lane's exchange by the environment: {@code VOLTAGE_KALSHI_REST} for another one than the lane's own, {@code VOLTAGE_KALSHI_SHARD},
 * and the key, which the paper lane never reads. With a rate budget of its own, in which nothing stands before a cancel.
 */
public final class LaneExchange {
    private static final String REST = "VOLTAGE_KALSHI_REST";
    private static final String SHARD = "VOLTAGE_KALSHI_SHARD";
    private static final String CRYPTO_SHARD = "2";

    private final Lane lane;
    private final Map<String, String> environment;
    private final KalshiClient client;
    private final BookSource books;

    /** @throws LaneUnavailableException if the environment does not say what is needed */
    public LaneExchange(Lane lane, Map<String, String> environment, InstantSource clock) {
        this.lane = lane;
        this.environment = environment;
        client = client(clock);
        books = new KalshiBooks(client, new MarketReader(new MarketKeys(), MarketCatalogue.ofAllSeries()));
    }

    /** Public books and results. */
    public BookSource books() {
        return books;
    }

    /** The account. */
    public Exchange exchange(Ledger ledger, LongSupplier nowNanos) {
        return lane == Lane.PAPER
                ? new PaperExchange(lane, ledger, books, nowNanos)
                : new KalshiExchange(client, shard());
    }

    private KalshiClient client(InstantSource clock) {
        String other = environment.getOrDefault(REST, "");
        if (lane == Lane.REPLAY && other.isEmpty()) {
            throw new LaneUnavailableException("lane replay has no exchange once its run has ended. Remedy: start"
                    + " ./voltage exchange and name it in " + REST + ", or use lane paper");
        }
        return new KalshiClient(
                other.isEmpty() ? own() : URI.create(other),
                lane == Lane.PAPER ? Optional.empty() : Optional.of(key()),
                new JdkHttpTransport(),
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                Pause.sleeping(),
                new SplittableRandom(clock.millis()));
    }

    private URI own() {
        return lane == Lane.CANARY ? KalshiClient.DEMO : KalshiClient.PRODUCTION;
    }

    private ApiKey key() {
        try {
            return new Surroundings(environment)
                    .key()
                    .orElseThrow(() -> new LaneUnavailableException("lane " + lane.label()
                            + " needs its account's key. Remedy: set " + Surroundings.KEY_ID + " and "
                            + Surroundings.KEY_FILE));
        } catch (IllegalArgumentException e) {
            throw new LaneUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private int shard() {
        String shard = environment.getOrDefault(SHARD, CRYPTO_SHARD);
        if (!shard.matches("[0-9]{1,2}")) {
            throw new LaneUnavailableException(SHARD + " is an exchange index from 0 to 99, was \"" + shard + "\"");
        }
        return Integer.parseInt(shard);
    }
}
