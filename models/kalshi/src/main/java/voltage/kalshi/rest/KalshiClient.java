package voltage.kalshi.rest;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.SignedHeaders;

/**
 * Kalshi's REST interface. Reads are repeated a few times on 429, 5xx and lost connections, and throw {@link KalshiException}; what
 * changes something is sent once and returns an {@link Outcome}. Safe for use by several threads if the parts given to it are.
 */
public final class KalshiClient {
    /** The recommended base URI of the exchange itself. */
    public static final URI PRODUCTION = URI.create("https://external-api.kalshi.com/trade-api/v2");

    /** That of the demo exchange, which has keys of its own. */
    public static final URI DEMO = URI.create("https://external-api.demo.kalshi.co/trade-api/v2");

    private final KalshiMarkets markets;
    private final KalshiAccount account;
    private final KalshiOrders orders;
    private final KalshiOrderGroups orderGroups;

    /**
     * @param base with the version and without a slash at the end
     * @param key empty for public data only
     * @param budget shared by everything that uses the same key
     * @param random seeds the jitter of retries
     */
    public KalshiClient(
            URI base,
            Optional<ApiKey> key,
            HttpTransport transport,
            InstantSource clock,
            RateBudget budget,
            Pause pause,
            RandomGenerator random) {
        Requests requests =
                new Requests(base, key.map(SignedHeaders::new).orElse(null), transport, clock, budget, pause, random);
        markets = new KalshiMarkets(requests);
        account = new KalshiAccount(requests);
        orders = new KalshiOrders(requests);
        orderGroups = new KalshiOrderGroups(requests);
    }

    /** Public market data; needs no key. */
    public KalshiMarkets markets() {
        return markets;
    }

    /** What we have: balance, orders, fills, positions, settlements. */
    public KalshiAccount account() {
        return account;
    }

    /** Creates, changes and cancels. */
    public KalshiOrders orders() {
        return orders;
    }

    /** Kalshi's own kill switch. */
    public KalshiOrderGroups orderGroups() {
        return orderGroups;
    }
}
