package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** Bitcoin in one-minute candles, oldest first, and moving averages over them. Prices in ten-thousandths of a dollar. */
@Serdeable
public record PriceChart(List<Bar> candles, List<Line> averages) {
    public PriceChart {
        candles = List.copyOf(candles);
        averages = List.copyOf(averages);
    }

    /** One candle, at the second it opened. */
    @Serdeable
    public record Bar(long timeSeconds, long openE4, long highE4, long lowE4, long closeE4) {}

    /** One moving average, for example {@code EMA 9}. */
    @Serdeable
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** The average's value at a candle. */
    @Serdeable
    public record Point(long timeSeconds, long valueE4) {}
}
