package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import voltage.forecast.filter.EntryFilterJson;
import voltage.forecast.filter.FilterEvidence;
import voltage.forecast.filter.FilterPromotion;
import voltage.local.live.PaperTrading;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;
import voltage.training.filter.FilterTraining;
import voltage.training.filter.LabelledEntry;

@Command(
        name = "filter",
        description =
                "The entry filter: learns from trades which entries win, watches in shadow, is promoted by evidence.",
        subcommands = {FilterCommand.Train.class, FilterCommand.Show.class, FilterCommand.Promote.class})
final class FilterCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "train, show or promote is needed");
    }

    /** Which runs, and where the filter is. */
    static final class Runs {
        @Spec(Target.MIXEE)
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description =
                        "folder of a demo, a replay or paper trading, several if given several times; the filter is in the"
                                + " first, and paper takes it when it starts")
        private List<Path> folders = List.of();

        private Path file() {
            return folders.getFirst().resolve(PaperTrading.FILTER_FILE);
        }

        private List<EntryRecord> trades() {
            return PastRun.of(folders).trades();
        }

        private PrintWriter out() {
            return spec.commandLine().getOut();
        }

        private EntryFilterJson.Content read() {
            Path file = file();
            if (!Files.exists(file)) {
                throw new Refusal(ExitCode.CONFIGURATION, file + " is not there; ./voltage filter train makes one");
            }
            try (Reader in = Files.newBufferedReader(file)) {
                return EntryFilterJson.read(in, file.toString());
            } catch (IOException e) {
                throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
            }
        }

        /** Whole or not at all. */
        private void write(EntryFilterJson.Content content) {
            Path draft = file().resolveSibling(PaperTrading.FILTER_FILE + ".part");
            try {
                try (Writer writer = Files.newBufferedWriter(draft)) {
                    EntryFilterJson.write(content, writer);
                }
                Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw Refusal.of(e, file());
            }
        }

        private FilterPromotion promotion(String version) {
            return FilterPromotion.judge(trades().stream()
                    .filter(trade -> trade.answer().mode() == EntryScreen.Mode.SHADOW)
                    .filter(trade -> trade.answer().version().equals(version))
                    .map(trade -> new FilterPromotion.ShadowTrade(trade.enteredNanos(), trade.answer(), trade.pnlE6()))
                    .toList());
        }
    }

    private static void print(EntryFilterJson.Content content, PrintWriter out) {
        FilterEvidence evidence = content.evidence();
        out.printf(
                Locale.ROOT,
                "entry filter %s, %s, threshold %.4f%n  trained on %d trades, %.1f %% won; out of sample %d passed, %.1f %% of them won (one-sided 95 %% lower bound %.1f %%)%n",
                content.model().version(),
                content.mode().name().toLowerCase(Locale.ROOT),
                content.model().thresholdE4() / 1e4,
                evidence.trades(),
                100 * evidence.baseRate(),
                evidence.passed(),
                100 * evidence.precision(),
                100 * evidence.lowerBound());
    }

    private static void print(FilterPromotion promotion, PrintWriter out) {
        promotion.criteria().forEach(criterion -> out.println("  " + criterion.words()));
        out.println(promotion.isGranted() ? "promotion: granted" : "promotion: not granted");
    }

    @Command(
            name = "train",
            description = "Trains on the trades of runs; exit 4 with the reason if they do not carry a filter.")
    static final class Train implements Callable<Integer> {
        @Mixin
        private Runs runs = new Runs();

        @Override
        public Integer call() {
            List<LabelledEntry> entries =
                    runs.trades().stream().map(LabelledEntry::of).toList();
            return switch (FilterTraining.train(entries)) {
                case FilterTraining.Outcome.Refused refused -> {
                    runs.out().println("no filter: " + refused.reason());
                    yield ExitCode.REFUSED;
                }
                case FilterTraining.Outcome.Trained trained -> {
                    EntryFilterJson.Content content =
                            new EntryFilterJson.Content(EntryScreen.Mode.SHADOW, trained.model(), trained.evidence());
                    runs.write(content);
                    print(content, runs.out());
                    runs.out().println("  written to " + runs.file());
                    yield ExitCode.OK;
                }
            };
        }
    }

    @Command(name = "show", description = "Shows the filter, and how its shadow stands to each criterion of promotion.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private Runs runs = new Runs();

        @Override
        public Integer call() {
            EntryFilterJson.Content content = runs.read();
            print(content, runs.out());
            print(runs.promotion(content.model().version()), runs.out());
            return ExitCode.OK;
        }
    }

    @Command(
            name = "promote",
            description =
                    "Makes a filter in shadow enforcing if every criterion is met; exit 4 if one is not. Taken at the next start.")
    static final class Promote implements Callable<Integer> {
        @Mixin
        private Runs runs = new Runs();

        @Override
        public Integer call() {
            EntryFilterJson.Content content = runs.read();
            FilterPromotion promotion = runs.promotion(content.model().version());
            print(promotion, runs.out());
            if (!promotion.isGranted()) {
                return ExitCode.REFUSED;
            }
            runs.write(new EntryFilterJson.Content(EntryScreen.Mode.ENFORCING, content.model(), content.evidence()));
            return ExitCode.OK;
        }
    }
}
