package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.FixedPoint;
import voltage.strategy.EntryRecord;
import voltage.worker.report.TradeLog;

/** The command line as a caller sees it: exit codes, and one line that says what to do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VoltageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int voltage(String... arguments) {
        return Voltage.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "import",
                "replay",
                "paper",
                "exchange",
                "reconcile",
                "flatten",
                "halt",
                "resume",
                "pause",
                "unpause",
                "arm",
                "disarm",
                "evaluate",
                "attribution",
                "bench",
                "health",
                "filter",
                "train",
                "models",
                "leak-check",
                "simulate",
                "run-job",
                "restore-drill",
                "doctor"
            })
    void every_command_explains_itself(String command) {
        assertThat(voltage(command, "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: voltage " + command).contains("--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_cannot_be_understood_is_a_matter_of_usage() {
        List<String[]> wrong = List.of(
                new String[] {},
                new String[] {"nonsense"},
                new String[] {"demo", "--nonsense"},
                new String[] {"demo", "--speed", "fast"},
                new String[] {"demo", "--speed", "0"},
                new String[] {"demo", "--port", "70000"},
                new String[] {"replay"},
                new String[] {"import", "--data", "x"},
                new String[] {"evaluate", "--data", "x", "--thresholds", "0"},
                new String[] {"train"},
                new String[] {"train", "--data", "x", "--models", "patchtst"},
                new String[] {"train", "--data", "x", "--horizons", "5,15"},
                new String[] {"evaluate", "--data", "x", "--horizons", "0"},
                new String[] {"leak-check"},
                new String[] {"models"},
                new String[] {"models", "promote", "--lane", "paper"},
                new String[] {"models", "list", "--lane", "nonsense"},
                new String[] {"health"},
                new String[] {"filter"},
                new String[] {"attribution"},
                new String[] {"attribution", "--run", "x", "--day", "yesterday"},
                new String[] {"attribution", "--run", "x", "--day", "2026-05-13", "--week", "2026-05-13"},
                new String[] {"filter", "train"},
                new String[] {"evaluate", "--data", "x", "--models", "patchtst"},
                new String[] {"bench", "nonsense"},
                new String[] {"halt", "--lane", "nonsense"});
        for (String[] arguments : wrong) {
            assertThat(voltage(arguments)).as(String.join(" ", arguments)).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString()).contains("--speed is a number above 0, or max; it was \"fast\"");
    }

    @Test
    void a_folder_that_is_no_session_is_a_matter_of_configuration() {
        String nowhere = directory.resolve("nowhere").toString();
        String target = directory.resolve("out").toString();
        for (String[] arguments : List.of(
                new String[] {"demo", "--headless", "--session", nowhere, "--out", target},
                new String[] {"replay", "--session", nowhere, "--out", target},
                new String[] {"import", "--data", nowhere, "--out", target},
                new String[] {"evaluate", "--data", nowhere},
                new String[] {"health", "--out", nowhere},
                new String[] {"filter", "train", "--out", nowhere},
                new String[] {"attribution", "--run", nowhere},
                new String[] {"filter", "show", "--out", nowhere},
                new String[] {"bench", "replay", "--sessions", nowhere})) {
            assertThat(voltage(arguments)).as(String.join(" ", arguments)).isEqualTo(ExitCode.CONFIGURATION);
        }
        assertThat(err.toString().lines())
                .hasSize(9)
                .allSatisfy(line -> assertThat(line).startsWith("voltage: ").contains("nowhere"));
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(voltage(
                            "demo",
                            "--port",
                            port,
                            "--out",
                            directory.resolve("demo").toString()))
                    .isEqualTo(ExitCode.CONFIGURATION);
            assertThat(err.toString()).contains(port).contains("--port");
        }
    }

    @Test
    void a_replay_of_a_simulated_run_says_so_and_does_not_claim_an_audit() throws IOException {
        String run = directory.resolve("run").toString();
        String again = directory.resolve("again").toString();
        assertThat(voltage("demo", "--headless", "--speed", "max", "--markets", "1", "--out", run))
                .isEqualTo(ExitCode.OK);
        assertThat(voltage("replay", "--session", run, "--out", again)).isEqualTo(ExitCode.OK);

        JsonNode demo = summary("run");
        JsonNode replay = summary("again");
        assertThat(demo.get("source").textValue()).isEqualTo("simulated");
        assertThat(demo.get("orphans").intValue()).isZero();
        assertThat(replay.get("source").textValue()).isEqualTo("simulated");
        assertThat(replay.get("session")).isEqualTo(demo.get("session"));
        assertThat(replay.get("orphans").isNull()).isTrue();
        assertThat(replay.get("phantoms").isNull()).isTrue();
        assertThat(replay.get("duplicates").isNull()).isTrue();
        assertThat(replay.get("isReproducible").booleanValue()).isTrue();
        assertThat(replay.get("decisionDigest")).isEqualTo(demo.get("decisionDigest"));
        assertThat(out.toString()).contains("SIMULATED session").contains("not audited");

        assertThat(directory.resolve("again/trades.jsonl"))
                .hasSameTextualContentAs(directory.resolve("run/trades.jsonl"));
        assertThat(voltage("health", "--out", run, "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("\"markets\" : 1").contains("\"shouldStop\" : false");
        assertThat(voltage("run-job", "calibration", "--lane", "paper", "--out", run))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("1 resolved markets", "nothing found that chance would not explain");
        attributed(run, demo);
        assertThat(voltage("filter", "train", "--out", run)).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains("no filter: an entry filter needs 500 trades that have ended");

        // A journal that no longer gives what the run says it decided.
        Path summary = directory.resolve("run/summary.json");
        Files.writeString(
                summary,
                Files.readString(summary).replace(demo.get("decisionDigest").textValue(), "0".repeat(64)));
        assertThat(voltage("replay", "--session", run, "--out", again)).isEqualTo(ExitCode.FAILURE);
        assertThat(summary("again").get("isReproducible").booleanValue()).isFalse();
        assertThat(out.toString()).contains("THE JOURNAL GIVES OTHER DECISIONS");
    }

    /** What attribution says of a run is what its trades say, and the summary. */
    private void attributed(String run, JsonNode summary) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(voltage("attribution", "--run", run, "--json")).isEqualTo(ExitCode.OK);
        JsonNode body = JsonMapper.builder().build().readTree(out.toString());
        List<EntryRecord> trades = TradeLog.read(Path.of(run, "trades.jsonl")).trades();
        assertThat(trades).isNotEmpty();
        assertThat(body.get("attributions")).hasSize(2);
        for (JsonNode attribution : body.get("attributions")) {
            JsonNode all = attribution.get("all");
            assertThat(all.get("trades").intValue()).isEqualTo(trades.size());
            assertThat(FixedPoint.parse(all.get("net").textValue(), 6))
                    .isEqualTo(trades.stream().mapToLong(EntryRecord::pnlE6).sum())
                    .isEqualTo(summary.get("pnlE6").longValue());
            assertThat(FixedPoint.parse(all.get("fees").textValue(), 6))
                    .isEqualTo(summary.get("feesE6").longValue());
        }
        assertThat(body.get("unrecorded").textValue()).isEqualTo("0.000000");

        String day = body.get("attributions").get(0).get("from").textValue();
        out.getBuffer().setLength(0);
        assertThat(voltage("attribution", "--run", run, "--day", day)).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith(day + " (UTC")
                .contains("in all", "conviction", "session", "regime", "exit", "side", "flips in " + day + ": 0")
                .doesNotContain("week of");
        out.getBuffer().setLength(0);
        assertThat(voltage("attribution", "--run", run, "--week", "1999-12-31")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("week of Sunday 1999-12-26").contains("no trade ended");
    }

    private JsonNode summary(String run) throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(directory.resolve(run).resolve("summary.json").toFile());
    }

    @Test
    void refusals_are_told_by_number_and_reason() {
        assertThat(SummaryText.refused(java.util.Map.of())).isEqualTo("none refused");
        assertThat(SummaryText.refused(java.util.Map.of("NOT_YET", 3L))).isEqualTo("3 refused (NOT_YET 3)");
        assertThat(SummaryText.refused(java.util.Map.of("NOT_YET", 2L, "LATE", 1L)))
                .isEqualTo("3 refused (LATE 1, NOT_YET 2)");
    }

    @Test
    void doctor_says_the_same_in_json() throws IOException {
        int code = voltage("doctor", "--json");
        JsonNode body = JsonMapper.builder().build().readTree(out.toString());
        assertThat(body.get("exit_code").intValue()).isEqualTo(code);
        assertThat(body.get("checks"))
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.get("state").textValue()).isIn("ok", "warn", "fail"));
        assertThat(body.get("checks").findValuesAsText("name")).contains("JDK", "Kalshi REST");
    }
}
