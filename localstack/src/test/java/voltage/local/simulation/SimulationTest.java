package voltage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(1_200)
class SimulationTest {
    /** Schedules of 30 minutes; {@code -Dvoltage.schedules=10000} for an hour. */
    private static final int SCHEDULES = Integer.getInteger("voltage.schedules", 1_000);

    private static final Simulations.Progress UNTOLD = new Simulations.Progress() {
        @Override
        public void played(int schedules, int violations) {}

        @Override
        public void broken(long seed, String violation) {}
    };

    private static Simulations.Request request(long seed, int seeds, int minutes, int threads) {
        return new Simulations.Request(seed, seeds, minutes, Optional.empty(), threads);
    }

    @Test
    void no_schedule_breaks_a_rule_and_every_kind_of_fault_hits() {
        Simulations.Report report =
                Simulations.run(request(1, SCHEDULES, 30, Runtime.getRuntime().availableProcessors()), UNTOLD);

        assertThat(report.failures()).isEmpty();
        assertThat(report.violations()).isZero();
        assertThat(report.schedules()).isEqualTo(SCHEDULES);
        assertThat(report.orders()).isGreaterThan(30L * SCHEDULES);
        assertThat(report.fills()).isGreaterThan(20L * SCHEDULES);
        if (SCHEDULES >= 100) {
            // 1 000 in 10 000.
            assertThat(report.hits().values())
                    .allSatisfy(hits -> assertThat(hits).isGreaterThanOrEqualTo(SCHEDULES / 10));
        }
    }

    @Test
    void the_same_seeds_give_the_same_digest_whatever_the_number_of_threads() {
        String one = Simulations.run(request(50, 4, 10, 1), UNTOLD).digest();
        String three = Simulations.run(request(50, 4, 10, 3), UNTOLD).digest();
        String other = Simulations.run(request(51, 4, 10, 3), UNTOLD).digest();

        assertThat(three).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    /** The digest was made on another machine. A change of behaviour changes it: then look at why, and write the new one down here. */
    @Test
    void the_same_seeds_give_the_same_digest_on_every_machine() {
        assertThat(Simulations.run(request(1, 3, 10, 1), UNTOLD).digest())
                .isEqualTo("7b584849036264f57696e5b089ea901de2e86e187e18348b75ddb18417e2dfd2");
    }

    @Test
    void who_listens_changes_nothing() {
        List<String> told = new ArrayList<>();
        String silent = Simulations.run(request(60, 1, 10, 1), UNTOLD).digest();
        String loud = Simulations.replay(request(60, 1, 10, 1), told::add).digest();

        assertThat(loud).isEqualTo(silent);
        assertThat(told).anyMatch(line -> line.contains("FAULT")).anyMatch(line -> line.contains("exchange fills"));
    }

    @Test
    void the_engine_itself_enters_and_not_only_the_operators() {
        List<String> told = new ArrayList<>();
        String digest = Simulations.replay(request(60, 1, 10, 1), told::add).digest();

        assertThat(digest).isNotEmpty();
        assertThat(told).anyMatch(line -> line.matches(".*worker \\d+ wants PlaceOrder.*v-live-entry-.*"));
    }

    @Test
    void only_the_faults_that_are_named_can_hit() {
        Simulations.Request none = new Simulations.Request(61, 1, 10, Optional.of(Set.of()), 1);
        Simulations.Request two = new Simulations.Request(61, 1, 10, Optional.of(Set.of(0, 1)), 1);

        assertThat(Simulations.run(none, UNTOLD).hits().values()).allMatch(hits -> hits == 0);
        assertThat(Simulations.run(two, UNTOLD).hits().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isBetween(0L, 2L);
    }
}
