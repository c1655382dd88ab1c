package voltage.local.play;

import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.worker.inference.Inference;

/** The models that sessions are played with in tests: those that come with the program. */
final class TestModels {
    static final Inference.Choice BUILT_IN = builtIn();
    static final Inference.Choice NONE = Inference.Choice.none("a test without models");

    private TestModels() {}

    private static Inference.Choice builtIn() {
        BuiltInModels store = new BuiltInModels();
        return Inference.Choice.of(
                ModelSetFiles.load(store.read(store.versions().getLast())));
    }
}
