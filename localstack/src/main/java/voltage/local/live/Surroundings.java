package voltage.local.live;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.market.Venue;
import voltage.worker.run.Endpoints;

/**
 * What the environment says about the outside: other addresses than the production's, and the key.
 *
 * <ul>
 *   <li>{@code VOLTAGE_KALSHI_REST}, {@code VOLTAGE_KALSHI_STREAM}, {@code VOLTAGE_KRAKEN_STREAM}, {@code VOLTAGE_KRAKEN_REST}, {@code
 *       VOLTAGE_COINBASE_STREAM}, {@code VOLTAGE_BINANCE_STREAM}, {@code VOLTAGE_BINANCE_REST}, {@code VOLTAGE_BINANCE_US_STREAM},
 *       {@code VOLTAGE_BINANCE_US_REST}: addresses; naming the stream of Binance or Binance.US switches that venue on, {@code on}
 *       names the real one
 *   <li>{@code VOLTAGE_KALSHI_KEY_ID}, {@code VOLTAGE_KALSHI_KEY_FILE}: both or neither
 * </ul>
 */
public final class Surroundings {
    public static final String KEY_ID = "VOLTAGE_KALSHI_KEY_ID";
    public static final String KEY_FILE = "VOLTAGE_KALSHI_KEY_FILE";

    private final Map<String, String> environment;

    public Surroundings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** @throws IllegalArgumentException if an address is none; the message names the variable */
    public Endpoints endpoints() {
        Endpoints real = Endpoints.production();
        Set<Venue> venues = EnumSet.copyOf(real.venues());
        if (!value("VOLTAGE_BINANCE_STREAM").isEmpty()) {
            venues.add(Venue.BINANCE);
        }
        if (!value("VOLTAGE_BINANCE_US_STREAM").isEmpty()) {
            venues.add(Venue.BINANCE_US);
        }
        return new Endpoints(
                address("VOLTAGE_KALSHI_REST", "http", real.kalshiRest()),
                address("VOLTAGE_KALSHI_STREAM", "ws", real.kalshiStream()),
                address("VOLTAGE_KRAKEN_STREAM", "ws", real.krakenStream()),
                address("VOLTAGE_KRAKEN_REST", "http", real.krakenRest()),
                address("VOLTAGE_COINBASE_STREAM", "ws", real.coinbaseStream()),
                switched("VOLTAGE_BINANCE_STREAM", real.binanceStream()),
                address("VOLTAGE_BINANCE_REST", "http", real.binanceRest()),
                switched("VOLTAGE_BINANCE_US_STREAM", real.binanceUsStream()),
                address("VOLTAGE_BINANCE_US_REST", "http", real.binanceUsRest()),
                venues);
    }

    /**
     * The key; empty if none is configured.
     *
     * @throws IllegalArgumentException if one is configured and cannot be used; the message says why and names no secret
     */
    public Optional<ApiKey> key() {
        String id = value(KEY_ID);
        String file = value(KEY_FILE);
        if (id.isEmpty() && file.isEmpty()) {
            return Optional.empty();
        }
        if (id.isEmpty() || file.isEmpty()) {
            throw new IllegalArgumentException((id.isEmpty() ? KEY_FILE : KEY_ID) + " is set and "
                    + (id.isEmpty() ? KEY_ID : KEY_FILE) + " is not; set both, or neither to go without a key");
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException(KEY_FILE + " names \"" + file
                    + "\", which is no readable file; correct the path or its permissions");
        }
        try {
            return Optional.of(new ApiKey(id, RequestSigner.ofFile(path)));
        } catch (IOException e) {
            throw new IllegalArgumentException(KEY_FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String value(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    /** The stream of a venue that is off unless this is set. */
    private URI switched(String name, URI real) {
        return value(name).equalsIgnoreCase("on") ? real : address(name, "ws", real);
    }

    /** @param scheme without the s of its encrypted form */
    private URI address(String name, String scheme, URI real) {
        String text = value(name);
        if (text.isEmpty()) {
            return real;
        }
        try {
            URI uri = new URI(text);
            String given = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((given.equals(scheme) || given.equals(scheme + "s")) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below, together with addresses of another kind.
        }
        throw new IllegalArgumentException(name + " is an address like " + real + ", it was \"" + text
                + "\"; correct it, or unset it for the real venue");
    }
}
