package voltage.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;

class ForecastJsonTest {
    private static MarketEvent read(byte[] bytes, long receivedNanos) throws MalformedFrameException {
        List<MarketEvent> events = new ArrayList<>();
        new ForecastJson().frame(bytes, 0, bytes.length, receivedNanos, events::add);
        return events.getFirst();
    }

    @Test
    void what_is_written_is_read_back_with_the_time_of_receipt() throws MalformedFrameException {
        MarketEvent.Forecast forecast = new MarketEvent.Forecast(
                "2026-11-21-aaaaaaaa",
                true,
                60,
                67_123_456,
                4,
                List.of(new MarketEvent.EventProbability("event-15m-20bp", 123_456)),
                70,
                70);
        MarketEvent.ForecastFailed failed = new MarketEvent.ForecastFailed("", false, "no \"models\"\nat all", 70, 70);

        assertThat(read(ForecastJson.write(forecast), 99))
                .isEqualTo(
                        new MarketEvent.Forecast(forecast.model(), true, 60, 67_123_456, 4, forecast.events(), 70, 99));
        assertThat(read(ForecastJson.write(failed), 99))
                .isEqualTo(new MarketEvent.ForecastFailed("", false, failed.reason(), 70, 99));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"type\":\"MarketEvent$Forecast\"}",
                "{\"type\":\"MarketEvent$Forecast\",\"model\":\"m\",\"isShadow\":false,\"untilNanos\":1,"
                        + "\"volatilityE12\":0,\"tailDegrees\":4,\"events\":[],\"exchangeNanos\":1,\"receivedNanos\":1}",
                "{\"type\":\"MarketEvent$Forecast\",\"model\":\"m\",\"isShadow\":false,\"untilNanos\":1,"
                        + "\"volatilityE12\":5,\"tailDegrees\":4,\"events\":[null],\"exchangeNanos\":1,\"receivedNanos\":1}",
                "{\"type\":\"MarketEvent$ForecastFailed\",\"isShadow\":false,\"exchangeNanos\":1,\"receivedNanos\":1}",
                "{\"type\":\"java.lang.Runtime\"}"
            })
    void anything_else_is_malformed_and_says_why(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), 1))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("forecast");
    }
}
