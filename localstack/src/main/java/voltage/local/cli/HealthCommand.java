package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.forecast.monitor.HealthReport;
import voltage.forecast.monitor.SignalHealth;

@Command(
        name = "health",
        description = {
            "Says whether the forecasts of past runs still are what they were: calibration, information, wins, Sharpe ratio, and the",
            "difference to the market's price, over the latest four weeks of resolved markets. Reads journals, changes nothing.",
            "Exit 4 if a finding says that entries should stop."
        })
final class HealthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder of a demo, a replay or paper trading; may be given several times")
    private List<Path> folders = List.of();

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        SignalHealth health = new SignalHealth();
        PastRun.of(folders).markets().forEach(health::add);
        HealthReport report = health.report();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(LaneOptions.JSON.writeValueAsString(HealthText.json(report)));
        } else {
            HealthText.lines(report).forEach(out::println);
        }
        return report.shouldStop() ? ExitCode.REFUSED : ExitCode.OK;
    }
}
