package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SimulateCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Voltage.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void schedules_are_summed_up_with_their_faults_and_their_digest() {
        assertThat(run("simulate", "--seeds", "2", "--minutes", "8", "--threads", "2"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("Faults that hit", "order answer lost", "violations", "invariant checks", "digest");
        assertThat(err.toString()).contains("2 of 2 schedules, 0 violations");
    }

    @Test
    void one_seed_is_told_event_by_event_and_only_with_the_faults_that_were_named() {
        assertThat(run("simulate", "--seed", "1", "--minutes", "8", "--faults", ""))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("worker 1 starts and leads", "exchange fills", "operator wants")
                .doesNotContain("FAULT");
    }

    @Test
    void json_is_one_object() {
        assertThat(run("simulate", "--seeds", "1", "--minutes", "8", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("{").contains("\"violations\" : 0", "\"digest\" : ");
    }

    @Test
    void what_cannot_be_played_is_refused() {
        assertThat(run("simulate", "--minutes", "3")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("8 to 600 minutes, was 3");
        assertThat(run("simulate", "--faults", "3,x")).isEqualTo(ExitCode.USAGE);
    }
}
