package voltage.local.play;

import voltage.forecast.artifact.ModelSetFiles;
import voltage.local.BuiltInVersions;
import voltage.worker.inference.Inference;

/** The models that sessions are played with in tests: those that come with the program. */
final class TestModels {
    static final Inference.Choice BUILT_IN = Inference.Choice.of(ModelSetFiles.load(BuiltInVersions.latest()));
    static final Inference.Choice NONE = Inference.Choice.none("a test without models");

    private TestModels() {}
}
