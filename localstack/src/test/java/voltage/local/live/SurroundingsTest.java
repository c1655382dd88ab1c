package voltage.local.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voltage.market.Venue;
import voltage.worker.run.Endpoints;

class SurroundingsTest {
    @Test
    void without_variables_the_real_venues_are_meant_and_no_key() {
        Surroundings surroundings = new Surroundings(Map.of());
        assertThat(surroundings.endpoints()).isEqualTo(Endpoints.production());
        assertThat(surroundings.key()).isEmpty();
    }

    @Test
    void a_variable_replaces_one_address_and_naming_binance_switches_it_on() {
        Endpoints endpoints = new Surroundings(Map.of(
                        "VOLTAGE_KALSHI_REST", "http://localhost:1/trade-api/v2",
                        "VOLTAGE_BINANCE_STREAM", "ws://localhost:2"))
                .endpoints();
        assertThat(endpoints.kalshiRest()).isEqualTo(URI.create("http://localhost:1/trade-api/v2"));
        assertThat(endpoints.krakenRest()).isEqualTo(Endpoints.production().krakenRest());
        assertThat(endpoints.venues()).contains(Venue.BINANCE);
    }

    @Test
    void binance_us_is_off_until_its_stream_is_named_or_switched_on() {
        Endpoints real = Endpoints.production();
        assertThat(real.venues()).doesNotContain(Venue.BINANCE, Venue.BINANCE_US);
        Endpoints on = new Surroundings(Map.of("VOLTAGE_BINANCE_US_STREAM", "on")).endpoints();
        assertThat(on.venues()).contains(Venue.BINANCE_US).doesNotContain(Venue.BINANCE);
        assertThat(on.binanceUsStream()).isEqualTo(real.binanceUsStream());
        assertThat(on.binanceUsRest()).isEqualTo(URI.create("https://api.binance.us"));
        Endpoints local = new Surroundings(Map.of(
                        "VOLTAGE_BINANCE_US_STREAM", "ws://localhost:2",
                        "VOLTAGE_BINANCE_US_REST", "http://localhost:3"))
                .endpoints();
        assertThat(local.binanceUsStream()).isEqualTo(URI.create("ws://localhost:2"));
        assertThat(local.binanceUsRest()).isEqualTo(URI.create("http://localhost:3"));
    }

    @Test
    void an_address_of_the_wrong_kind_is_refused_by_name() {
        assertThatThrownBy(() -> new Surroundings(Map.of("VOLTAGE_KRAKEN_STREAM", "http://localhost")).endpoints())
                .hasMessageContaining("VOLTAGE_KRAKEN_STREAM")
                .hasMessageContaining("wss://");
    }

    @Test
    void half_a_key_and_no_key_at_all_in_the_file_are_refused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> new Surroundings(Map.of(Surroundings.KEY_ID, "a")).key())
                .hasMessageContaining(Surroundings.KEY_FILE + " is not");
        Path file = Files.writeString(folder.resolve("key.pem"), "nonsense");
        assertThatThrownBy(
                        () -> new Surroundings(Map.of(Surroundings.KEY_ID, "a", Surroundings.KEY_FILE, file.toString()))
                                .key())
                .hasMessageContaining("PEM");
    }
}
