package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.forecast.monitor.ResolvedForecast;
import voltage.forecast.monitor.ResolvedMarket;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lane.LaneAccess;
import voltage.order.Lane;
import voltage.store.cloud.CloudResources;

/** The daily judgement over the folder of a lane that has stopped. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CalibrationJobTest {
    private static final long QUARTER_NANOS = 900_000_000_000L;
    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant AT = MIDNIGHT.plusSeconds(1_200);

    @TempDir
    private Path folder;

    private LaneAccess access;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() {
        EmbeddedCloud.start(EmbeddedCloud.Options.durable(CloudResources.of("local"), folder.resolve("cloud")))
                .close();
        access = LaneAccess.open(Lane.PAPER, Optional.of(folder), Map.of());
    }

    @AfterEach
    void close() {
        access.close();
    }

    /** Markets that end with the day before {@link #MIDNIGHT}; the forecaster says what it says with or without knowing anything. */
    private static List<ResolvedMarket> markets(int count, boolean knows) {
        SplittableRandom random = new SplittableRandom(4);
        List<ResolvedMarket> markets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double truth = 1 / (1 + Math.exp(-1.4 * random.nextGaussian()));
            boolean outcome = random.nextDouble() < truth;
            double said = knows ? truth : 1 / (1 + Math.exp(-2 * random.nextGaussian()));
            long close = LaneAccess.nanos(() -> MIDNIGHT) - (count - 1 - i) * QUARTER_NANOS;
            markets.add(new ResolvedMarket(
                    "M" + i,
                    close,
                    outcome,
                    List.of(new ResolvedForecast(close - QUARTER_NANOS / 2, 7, "v1", said, truth)),
                    Optional.empty()));
        }
        return markets;
    }

    private CalibrationJob.Judged judge(List<ResolvedMarket> markets, Instant when) throws JsonProcessingException {
        return new CalibrationJob(access, told::add).run(() -> markets, when);
    }

    @Test
    void forecasts_that_hold_leave_the_lane_as_it_is_and_a_day_is_judged_once() throws JsonProcessingException {
        CalibrationJob.Judged judged = judge(markets(1_200, true), AT);

        assertThat(judged.isNew()).isTrue();
        assertThat(judged.shouldStop()).isFalse();
        assertThat(judged.body().path("day").textValue()).isEqualTo("2026-11-21");
        assertThat(judged.body().path("markets").intValue()).isEqualTo(1_200);
        assertThat(access.ledger().laneState(Lane.PAPER).paused()).isFalse();

        CalibrationJob.Judged again = new CalibrationJob(access, told::add)
                .run(
                        () -> {
                            throw new AssertionError("the past is not read again");
                        },
                        AT.plusSeconds(3_600));
        assertThat(again.isNew()).isFalse();
        assertThat(again.body()).isEqualTo(judged.body());
    }

    @Test
    void forecasts_that_know_nothing_pause_the_lane_with_the_numbers_that_say_so() throws JsonProcessingException {
        CalibrationJob.Judged judged = judge(markets(1_200, false), AT);

        assertThat(judged.shouldStop()).isTrue();
        assertThat(access.ledger().laneState(Lane.PAPER).paused()).isTrue();
        assertThat(told).anyMatch(words -> words.startsWith("STOP: ")).anyMatch(words -> words.contains("is paused"));
    }

    @Test
    void what_was_resolved_after_the_day_is_not_judged_with_it() throws JsonProcessingException {
        CalibrationJob.Judged judged = judge(markets(1_200, true), AT.minusSeconds(86_400));

        assertThat(judged.body().path("day").textValue()).isEqualTo("2026-11-20");
        assertThat(judged.body().path("markets").intValue()).isEqualTo(1_200 - 96);
    }
}
