package voltage.forecast.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.monitor.HealthFinding.Check;

@Timeout(120)
class SignalHealthTest {
    private static final long QUARTER_NANOS = 900_000_000_000L;

    @Test
    void nothing_resolved_is_nothing_found() {
        HealthReport report = new SignalHealth().report();
        assertThat(report.findings()).isEmpty();
        assertThat(report.markets()).isZero();
        assertThat(report.shouldStop()).isFalse();
    }

    @Test
    void a_handful_of_surprises_is_no_alarm() {
        SignalHealth health = new SignalHealth();
        for (int i = 0; i < 8; i++) {
            health.add(market(i, 0.9, 0.5, false, Optional.of(new ResolvedMarket.Trade(0.7, false, -1_000_000))));
        }
        assertThat(health.report().findings()).isEmpty();
    }

    @Test
    void a_forecaster_as_good_as_the_market_is_left_in_peace() {
        int runs = 60;
        int findings = 0;
        for (int run = 0; run < runs; run++) {
            SignalHealth health = new SignalHealth();
            world(run, SignalHealth.CAPACITY, Integer.MAX_VALUE).forEach(health::add);
            findings += health.report().findings().size();
        }
        assertThat(findings).as("findings in %d runs of four weeks", runs).isLessThanOrEqualTo(2);
    }

    @Test
    void a_forecaster_that_breaks_is_stopped_within_three_days() {
        int runs = 60;
        int stopped = 0;
        for (int run = 0; run < runs; run++) {
            SignalHealth health = new SignalHealth();
            world(run, 1_344 + 288, 1_344).forEach(health::add);
            stopped += health.report().shouldStop() ? 1 : 0;
        }
        assertThat(stopped).as("of %d broken forecasters stopped", runs).isGreaterThanOrEqualTo(57);
    }

    @Test
    void the_words_carry_the_numbers() {
        SignalHealth health = new SignalHealth();
        world(1, 1_344 + 288, 1_344).forEach(health::add);
        HealthReport report = health.report();
        assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.words()).containsPattern("[0-9]").contains("limit");
            assertThat(finding.n()).isPositive();
        });
        assertThat(report.findings()).extracting(HealthFinding::check).contains(Check.BRIER_DRIFT);
    }

    @Test
    void a_restart_with_the_latest_markets_says_the_same() {
        List<ResolvedMarket> all = world(5, SignalHealth.CAPACITY + 500, 2_000);
        SignalHealth one = new SignalHealth();
        all.forEach(one::add);
        SignalHealth restarted = new SignalHealth();
        all.subList(500, all.size()).forEach(restarted::add);
        assertThat(restarted.report()).isEqualTo(one.report());
        assertThat(one.report().markets()).isEqualTo(SignalHealth.CAPACITY);
    }

    @Test
    void markets_come_in_order() {
        SignalHealth health = new SignalHealth();
        health.add(market(2, 0.5, 0.5, true, Optional.empty()));
        assertThatThrownBy(() -> health.add(market(1, 0.5, 0.5, true, Optional.empty())))
                .hasMessageContaining("sort them");
    }

    @Test
    void one_market_s_forecasts_are_one_observation() {
        SignalHealth health = new SignalHealth();
        for (int i = 0; i < 10; i++) {
            health.add(market(i, 0.6, 0.5, true, Optional.empty()));
        }
        assertThat(health.report().lines())
                .filteredOn(line -> line.name().startsWith("calibration"))
                .allMatch(line -> line.n() == 10);
    }

    /** Truth, a market that sees it with noise, and a forecaster that does as well until it sees nothing but believes the more. */
    private static List<ResolvedMarket> world(int seed, int count, int breaksAt) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ResolvedMarket> markets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double score = 1.4 * random.nextGaussian();
            boolean y = random.nextDouble() < logistic(score);
            double shared = score + 0.1 * random.nextGaussian();
            double ours = i < breaksAt ? shared + 0.1 * random.nextGaussian() : 2 * random.nextGaussian();
            double theirs = shared + 0.1 * random.nextGaussian();
            double p = logistic(ours);
            boolean isYes = ours > theirs;
            double expected = isYes ? p : 1 - p;
            Optional<ResolvedMarket.Trade> trade = i % 5 == 0
                    ? Optional.of(new ResolvedMarket.Trade(
                            (expected + (isYes ? logistic(theirs) : 1 - logistic(theirs))) / 2,
                            isYes == y,
                            isYes == y ? 400_000 : -400_000))
                    : Optional.empty();
            markets.add(market(i, p, logistic(theirs), y, trade));
        }
        return markets;
    }

    private static double logistic(double score) {
        return 1 / (1 + StrictMath.exp(-score));
    }

    private static ResolvedMarket market(
            int i, double p, double market, boolean y, Optional<ResolvedMarket.Trade> trade) {
        long close = (i + 1) * QUARTER_NANOS;
        List<ResolvedForecast> forecasts = new ArrayList<>();
        for (int minute = 12; minute >= 4; minute -= 4) {
            forecasts.add(new ResolvedForecast(close - minute * 60_000_000_000L, minute, "a", p, market));
        }
        return new ResolvedMarket("M" + i, close, y, forecasts, trade);
    }
}
