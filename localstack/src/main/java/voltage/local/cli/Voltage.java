package voltage.local.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./voltage}. */
@Command(
        name = "voltage",
        description = "Trades Kalshi's Bitcoin binary contracts, and proves why.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        version = "Voltage 1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ImportCommand.class,
            ReplayCommand.class,
            PaperCommand.class,
            ExchangeCommand.class,
            ReconcileCommand.class,
            FlattenCommand.class,
            HaltCommand.class,
            ResumeCommand.class,
            SwitchCommand.PauseCommand.class,
            SwitchCommand.UnpauseCommand.class,
            SwitchCommand.ArmCommand.class,
            SwitchCommand.DisarmCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            RunJobCommand.class,
            RestoreDrillCommand.class,
            SimulateCommand.class,
            EvaluateCommand.class,
            HealthCommand.class,
            FilterCommand.class,
            AttributionCommand.class,
            TrainCommand.class,
            ModelsCommand.class,
            LeakCheckCommand.class
        })
public final class Voltage implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is needed");
    }

    public static void main(String[] arguments) {
        int code = execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments);
        System.out.flush();
        System.exit(code);
    }

    /** Runs one command line and returns its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Voltage())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> failed(exception, err))
                .execute(arguments);
    }

    private static int failed(Exception exception, PrintWriter err) {
        if (exception instanceof Refusal refusal) {
            err.println("voltage: " + refusal.getMessage());
            return refusal.exitCode();
        }
        err.println("voltage: an error that should not happen: " + exception);
        exception.printStackTrace(err);
        return ExitCode.FAILURE;
    }
}
