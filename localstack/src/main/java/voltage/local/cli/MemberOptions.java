package voltage.local.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.training.lightgbm.TrainingProgress;

/** Which kinds of models are trained, and how their training is told. */
final class MemberOptions {
    private static final int SAID_EVERY_ROUNDS = 50;
    private static final String LIGHTGBM = "lightgbm";
    private static final String PATCHTST = "patchtst";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "MODEL",
            description = "lightgbm, or lightgbm,patchtst; a net takes some minutes to train")
    private List<String> models;

    private MemberOptions(List<String> usual) {
        models = usual;
    }

    /** Both unless told otherwise. */
    static MemberOptions withNet() {
        return new MemberOptions(List.of(LIGHTGBM, PATCHTST));
    }

    /** Trees alone unless told otherwise. */
    static MemberOptions withoutNet() {
        return new MemberOptions(List.of(LIGHTGBM));
    }

    /** Whether a net is among them. */
    boolean haveNet() {
        if (!models.contains(LIGHTGBM)
                || models.stream().anyMatch(name -> !name.equals(LIGHTGBM) && !name.equals(PATCHTST))) {
            throw new ParameterException(
                    spec.commandLine(), "--models are lightgbm or lightgbm,patchtst, were " + models);
        }
        return models.contains(PATCHTST);
    }

    /** Tells of every fiftieth tree. */
    static TrainingProgress trees(PrintWriter progress) {
        return (round, rounds, loss, secondsLeft) -> {
            if (round % SAID_EVERY_ROUNDS == 0) {
                progress.println(String.format(
                        Locale.ROOT,
                        "  %d of at most %d trees, held-out log loss %.4f, %.0f s left",
                        round,
                        rounds,
                        loss,
                        secondsLeft));
                progress.flush();
            }
        };
    }
}
