package voltage.training.data;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import voltage.market.Candle;

/** One-minute candles in order of time, which can be gone through again. */
@FunctionalInterface
public interface CandleSource {
    /** Gives each candle, earliest first, without holding them. */
    void forEach(Consumer<Candle> to);

    static CandleSource of(List<Candle> candles) {
        return candles::forEach;
    }

    default CandleSource filter(Predicate<Candle> kept) {
        return to -> forEach(candle -> {
            if (kept.test(candle)) {
                to.accept(candle);
            }
        });
    }
}
