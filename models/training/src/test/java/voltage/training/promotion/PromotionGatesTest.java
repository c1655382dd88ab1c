package voltage.training.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import voltage.market.Candle;
import voltage.market.MarketEvent;
import voltage.training.measure.Interval;

class PromotionGatesTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long QUARTER = 15 * MINUTE;
    private static final String CHAMPION = "2026-11-01-aaaaaaaa";
    private static final String CHALLENGER = "2026-11-08-bbbbbbbb";
    private static final String EVENT = "event-15m-20bp";

    /** Outcomes of known probability; each set errs by its own noise. */
    private static PairedForecasts paired(int n, double championNoise, double challengerNoise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] champion = new double[n];
        double[] challenger = new double[n];
        boolean[] labels = new boolean[n];
        long[] at = new long[n];
        for (int i = 0; i < n; i++) {
            double truth = 0.05 + 0.5 * random.nextDouble();
            labels[i] = random.nextDouble() < truth;
            champion[i] = Math.clamp(truth + championNoise * random.nextGaussian(), 0.001, 0.999);
            challenger[i] = Math.clamp(truth + challengerNoise * random.nextGaussian(), 0.001, 0.999);
            at[i] = i * QUARTER;
        }
        return new PairedForecasts(EVENT, champion, challenger, labels, at);
    }

    private static PromotionEvidence evidence(
            PromotionEvidence.Kind kind, PairedForecasts paired, long failed, int trials) {
        return PromotionEvidence.of(
                kind, CHAMPION, CHALLENGER, List.of(paired), paired.size() + failed, failed, trials);
    }

    private static List<String> refusing(PromotionGates gates, PromotionEvidence evidence) {
        return gates.judge(evidence).stream()
                .filter(criterion -> !criterion.passes())
                .map(PromotionGates.Criterion::name)
                .toList();
    }

    @Test
    void a_better_challenger_with_a_week_of_shadow_passes_everything() {
        assertThat(refusing(
                        PromotionGates.EXCHANGE,
                        evidence(PromotionEvidence.Kind.SHADOW, paired(2_000, 0.2, 0.01, 1), 0, 1)))
                .isEmpty();
    }

    @Test
    void a_worse_one_is_refused_everywhere() {
        PromotionEvidence worse = evidence(PromotionEvidence.Kind.SHADOW, paired(2_000, 0.01, 0.2, 1), 0, 1);

        assertThat(refusing(PromotionGates.PAPER, worse)).contains("NOT_WORSE " + EVENT);
        assertThat(refusing(PromotionGates.EXCHANGE, worse)).contains("NOT_WORSE " + EVENT, "BETTER");
    }

    @Test
    void one_that_is_as_good_may_trade_on_paper_and_not_on_an_exchange() {
        PairedForecasts same = paired(2_000, 0.05, 0.05, 1);
        PairedForecasts equal =
                new PairedForecasts(EVENT, same.champion(), same.champion(), same.labels(), same.atNanos());

        assertThat(refusing(PromotionGates.PAPER, evidence(PromotionEvidence.Kind.HELD_OUT, equal, 0, 1)))
                .isEmpty();
        assertThat(refusing(PromotionGates.EXCHANGE, evidence(PromotionEvidence.Kind.HELD_OUT, equal, 0, 1)))
                .containsExactly("KIND", "BETTER");
    }

    @Test
    void few_instants_of_few_days_prove_nothing() {
        PromotionEvidence few = evidence(PromotionEvidence.Kind.SHADOW, paired(96, 0.2, 0.01, 1), 0, 1);

        assertThat(refusing(PromotionGates.PAPER, few)).contains("INSTANTS", "DAYS");
    }

    @Test
    void nothing_at_all_is_refused_and_not_an_error() {
        PromotionEvidence none =
                PromotionEvidence.of(PromotionEvidence.Kind.SHADOW, CHAMPION, CHALLENGER, List.of(), 0, 0, 1);

        assertThat(refusing(PromotionGates.PAPER, none)).contains("INSTANTS", "DAYS", "ANSWERS");
    }

    @Test
    void one_that_often_gives_no_answer_is_refused() {
        assertThat(refusing(
                        PromotionGates.PAPER,
                        evidence(PromotionEvidence.Kind.SHADOW, paired(1_000, 0.2, 0.01, 1), 11, 1)))
                .containsExactly("ANSWERS");
    }

    @Test
    void one_that_is_badly_calibrated_is_refused_even_if_it_ranks_well() {
        PairedForecasts good = paired(3_000, 0.02, 0.02, 3);
        double[] stretched = good.challenger().clone();
        for (int i = 0; i < stretched.length; i++) {
            stretched[i] = Math.clamp(stretched[i] + 0.08, 0, 1);
        }
        PairedForecasts off = new PairedForecasts(EVENT, good.champion(), stretched, good.labels(), good.atNanos());

        assertThat(refusing(PromotionGates.PAPER, evidence(PromotionEvidence.Kind.SHADOW, off, 0, 1)))
                .contains("CALIBRATION " + EVENT);
    }

    @Test
    void the_more_versions_were_tried_the_wider_is_the_interval() {
        assertThat(refusing(PromotionGates.EXCHANGE, slightlyBetter(1, 0.02))).isEmpty();
        assertThat(refusing(PromotionGates.EXCHANGE, slightlyBetter(100, 0.02))).containsExactly("BETTER");
    }

    @Test
    void being_better_in_a_part_of_the_time_only_is_no_reason_to_trade_on_an_exchange() {
        assertThat(refusing(PromotionGates.EXCHANGE, slightlyBetter(1, 0.11))).containsExactly("BETTER");
        assertThat(refusing(PromotionGates.PAPER, slightlyBetter(1, 0.11))).isEmpty();
    }

    @Test
    void the_probability_of_overfitting_is_low_for_what_is_better_all_the_time_and_high_for_what_turns() {
        PairedForecasts always = paired(3_200, 0.2, 0.01, 5);
        double[] turning = always.challenger().clone();
        double[] other = always.champion().clone();
        for (int i = 0; i < turning.length; i++) {
            if (i * 2 / turning.length == 1) {
                turning[i] = always.champion()[i];
                other[i] = always.challenger()[i];
            }
        }
        PairedForecasts turns = new PairedForecasts(EVENT, other, turning, always.labels(), always.atNanos());

        assertThat(overfitting(always)).isLessThan(0.01);
        assertThat(overfitting(turns)).isGreaterThan(0.4);
        assertThat(overfitting(paired(10, 0.2, 0.01, 1))).isEqualTo(1);
    }

    private static double overfitting(PairedForecasts paired) {
        return evidence(PromotionEvidence.Kind.SHADOW, paired, 0, 1)
                .events()
                .getFirst()
                .overfitting();
    }

    /** By 0.0010 with a standard error of 0.0004. */
    private static PromotionEvidence slightlyBetter(int trials, double overfitting) {
        Interval difference = new Interval(-0.0010, -0.0018, -0.0002, 0.0004, 1_000, 20);
        return new PromotionEvidence(
                PromotionEvidence.Kind.SHADOW,
                CHAMPION,
                CHALLENGER,
                List.of(new PromotionEvidence.OfEvent(EVENT, 0.150, 0.149, difference, 0.01, 0.01, overfitting)),
                1_000,
                0,
                trials);
    }

    @Test
    void a_shadow_is_weighed_by_what_the_minutes_say_afterwards() {
        List<Candle> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // A jump of 30 bp in the minute before the end of the second quarter-hour.
            long close = i < 29 ? 600_000_000L : 601_800_000L;
            minutes.add(new Candle(i * MINUTE, close, close, close, close, 1, 1, false));
        }
        List<MarketEvent.Forecast> said = new ArrayList<>();
        for (long end : new long[] {15, 30}) {
            said.add(forecast(CHAMPION, false, end, 300_000));
            said.add(forecast(CHALLENGER, true, end, end == 15 ? 900_000 : 100_000));
            // A second word on the same minute came too late to be decided on.
            said.add(forecast(CHALLENGER, true, end, 500_000));
        }
        said.add(forecast(CHAMPION, false, 45, 300_000));
        said.add(forecast(CHALLENGER, true, 22, 999_999));
        said.add(forecast("2026-10-01-cccccccc", true, 15, 1));

        PromotionEvidence evidence = ShadowEvidence.of(
                CHAMPION,
                CHALLENGER,
                minutes,
                said,
                List.of(
                        // Repeated within one minute, in which only the champion answered.
                        failed(CHALLENGER, 45),
                        failed(CHALLENGER, 45),
                        // Answered after all.
                        failed(CHALLENGER, 30),
                        // Nobody answered.
                        failed(CHALLENGER, 50),
                        failed(CHAMPION, 50)),
                1);

        assertThat(evidence.instants()).isEqualTo(2);
        assertThat(evidence.events().getFirst().event()).isEqualTo(EVENT);
        assertThat(evidence.events().getFirst().challengerBrier()).isCloseTo(0.01, within(1e-12));
        assertThat(evidence.events().getFirst().championBrier()).isCloseTo(0.29, within(1e-12));
        assertThat(evidence.failed()).isEqualTo(1);
        assertThat(evidence.asked()).isEqualTo(3);
    }

    private static MarketEvent.ForecastFailed failed(String model, long endMinute) {
        long nanos = endMinute * MINUTE + 2_000_000_000L;
        return new MarketEvent.ForecastFailed(model, model.equals(CHALLENGER), "broken", nanos, nanos);
    }

    private static MarketEvent.Forecast forecast(String model, boolean isShadow, long endMinute, int probabilityE6) {
        return new MarketEvent.Forecast(
                model,
                isShadow,
                endMinute * MINUTE,
                1,
                4,
                List.of(new MarketEvent.EventProbability(EVENT, probabilityE6)),
                0,
                endMinute * MINUTE);
    }
}
