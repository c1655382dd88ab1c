package voltage.store.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import voltage.market.EventSink;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;

/** Writes and reads what models say, as the journal keeps it: whole numbers, the case in {@code "type"}. */
public final class ForecastJson implements FrameDecoder {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(MarketEvent.class, Typed.class)
            .registerSubtypes(MarketEvent.Forecast.class, MarketEvent.ForecastFailed.class)
            .build();

    /** A {@link MarketEvent.Forecast} or a {@link MarketEvent.ForecastFailed}. */
    public static byte[] write(MarketEvent event) {
        try {
            return JSON.writerFor(MarketEvent.class).writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("forecasts are plain records, was " + event.getClass(), e);
        }
    }

    @Override
    public void connected(long receivedNanos, EventSink out) {}

    @Override
    public void disconnected(long receivedNanos, EventSink out) {}

    @Override
    public void frame(byte[] bytes, int from, int to, long receivedNanos, EventSink out)
            throws MalformedFrameException {
        MarketEvent event;
        try {
            event = JSON.readValue(bytes, from, to - from, MarketEvent.class);
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw new MalformedFrameException("a forecast was expected: " + e.getMessage(), e);
        }
        if (event == null) {
            throw new MalformedFrameException("a forecast was expected, was null");
        }
        String hole = Holes.in(event);
        if (hole != null) {
            throw new MalformedFrameException("a forecast must be whole, " + hole + " was missing");
        }
        out.on(
                switch (event) {
                    case MarketEvent.Forecast forecast ->
                        new MarketEvent.Forecast(
                                forecast.model(),
                                forecast.isShadow(),
                                forecast.untilNanos(),
                                forecast.volatilityE12(),
                                forecast.tailDegrees(),
                                forecast.events(),
                                forecast.exchangeNanos(),
                                receivedNanos);
                    case MarketEvent.ForecastFailed failed ->
                        new MarketEvent.ForecastFailed(
                                failed.model(),
                                failed.isShadow(),
                                failed.reason(),
                                failed.exchangeNanos(),
                                receivedNanos);
                    default -> throw new MalformedFrameException("a forecast was expected, was " + event);
                });
    }
}
