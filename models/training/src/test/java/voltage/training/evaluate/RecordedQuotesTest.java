package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.calibration.LogOdds;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.training.data.Cadence;
import voltage.training.data.CandleFolder;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.data.MarketFolder;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.data.QuoteFolder;
import voltage.training.data.RecordedMarket;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;

/** The recorded quotes are what they are taken for, and what comes of them is in the range that was measured before. */
@Timeout(240)
class RecordedQuotesTest {
    private static final long MINUTE = 60_000_000_000L;

    private static Path data = Path.of("");
    private static List<RecordedMarket> markets = List.of();
    private static List<MinuteQuote> quotes = List.of();

    @BeforeAll
    static void read() {
        String shared = System.getProperty("voltage.shared");
        data = Path.of(shared == null ? "absent" : shared, "data");
        Assumptions.assumeTrue(
                Files.isDirectory(data.resolve("kxbtc15m_minute_quotes")), "not run: ../shared/data is absent");
        markets = MarketFolder.read(data);
        quotes = QuoteFolder.read(data, markets);
    }

    @Test
    void all_rows_keep_the_rules() {
        assertThat(markets).hasSize(5_553);
        assertThat(quotes).hasSize(15_525);
        assertThat(markets).filteredOn(market -> market.strikeE4().isPresent()).hasSizeGreaterThan(1_400);
    }

    @Test
    void the_mids_score_what_was_measured_before() {
        assertThat(brier(15)).isCloseTo(0.2444, within(1e-4));
        assertThat(brier(10)).isCloseTo(0.1954, within(1e-4));
        assertThat(brier(1)).isCloseTo(0.0453, within(1e-4));
    }

    private static double brier(int left) {
        return quotes.stream()
                .filter(quote -> quote.minutesToClose() == left)
                .mapToDouble(quote -> Math.pow(quote.mid() - (quote.outcome() ? 1 : 0), 2))
                .average()
                .orElseThrow();
    }

    @Test
    void a_quote_is_a_mean_over_the_minute_before_its_time() {
        MinutePrices prices = MinutePrices.of(new CandleFolder(data));

        double own = correlation(prices, quote -> prices.mean(quote.atNanos()));

        assertThat(own)
                .isGreaterThan(0.8)
                .isGreaterThan(correlation(prices, quote -> prices.close(quote.atNanos())))
                .isGreaterThan(correlation(prices, quote -> prices.close(quote.atNanos() - MINUTE)))
                .isGreaterThan(correlation(prices, quote -> prices.mean(quote.atNanos() + MINUTE)));
    }

    /** Of the quotes' log odds and the price's move, at thirteen minutes to close. */
    private static double correlation(MinutePrices prices, ToDoubleFunction<MinuteQuote> price) {
        double[] sums = new double[5];
        int n = 0;
        for (MinuteQuote quote : quotes) {
            double move = StrictMath.log(price.applyAsDouble(quote) / prices.mean(quote.openNanos()));
            if (quote.minutesToClose() == 13 && Double.isFinite(move)) {
                double odds = LogOdds.of(Math.clamp(quote.mid(), 0.02, 0.98));
                double[] terms = {move, odds, move * move, odds * odds, move * odds};
                for (int i = 0; i < terms.length; i++) {
                    sums[i] += terms[i];
                }
                n++;
            }
        }
        double covariance = sums[4] - sums[0] * sums[1] / n;
        return covariance / Math.sqrt((sums[2] - sums[0] * sums[0] / n) * (sums[3] - sums[1] * sums[1] / n));
    }

    @Test
    void ours_is_no_better_than_the_market_in_the_hard_test_and_nobody_than_the_ideal_allows() {
        List<VolatilityEvent> events = VolatilityEvent.grid(List.of(15), List.of(10, 20));
        Dataset dataset = DatasetBuilder.build(new CandleFolder(data), FeatureSet.CANDLES, Cadence.MINUTE, events);
        Spans spans = ContractEvaluation.spans(dataset, quotes);
        EventTraining training = new EventTraining(TrainingSettings.USUAL.withRounds(40, 10), TrainingProgress.SILENT);
        ContractEvaluation.Report report = ContractEvaluation.test(
                dataset,
                MinutePrices.of(new CandleFolder(data)),
                quotes,
                events.stream()
                        .map(event -> training.train(dataset, event, spans))
                        .toList(),
                spans);

        assertThat(report.unknown()).isLessThan(300);
        ContractEvaluation.Minute hard = report.strict().all();
        assertThat(hard.againstMarket().low()).isPositive();
        assertThat(hard.againstMarket().estimate()).isLessThan(0.012);
        assertThat(report.sides()).allSatisfy(side -> {
            assertThat(side.all().alarms()).isEmpty();
            assertThat(Optional.ofNullable(side.all().figures().get("ensemble"))
                            .orElseThrow()
                            .scores()
                            .ece())
                    .isLessThan(0.05);
        });
        assertThat(Optional.ofNullable(report.strict().beside())
                        .orElseThrow()
                        .weight()
                        .high())
                .isLessThan(0.2);
    }
}
