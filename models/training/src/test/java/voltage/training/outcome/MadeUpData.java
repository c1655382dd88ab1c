package voltage.training.outcome;

import java.util.List;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.market.Candle;
import voltage.training.data.Cadence;
import voltage.training.data.CandleSource;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.data.LabelledRows;
import voltage.training.data.MinutePrices;

/** Minutes from a midnight on, and the data sets of them. */
final class MadeUpData {
    static final long MINUTE = 60_000_000_000L;
    /** 2026-02-16T00:00Z. */
    static final long START = 1_771_200_000_000_000_000L;

    static final int DAY = 1_440;
    static final VolatilityEvent EVENT = VolatilityEvent.of(15, 20);

    private MadeUpData() {}

    static Dataset dataset(List<Candle> candles) {
        return DatasetBuilder.build(CandleSource.of(candles), FeatureSet.CANDLES, Cadence.MINUTE, List.of(EVENT));
    }

    static MinutePrices prices(List<Candle> candles) {
        return MinutePrices.of(CandleSource.of(candles));
    }

    static LabelledRows rows(List<Candle> candles) {
        return OutcomeRows.of(dataset(candles), prices(candles));
    }
}
