package voltage.training.patchtst;

import voltage.forecast.feature.MinuteWindow;

/**
 * How a net is built and trained. All that decides it is here, so equal settings and examples give the same net on the same machine.
 *
 * @param patch minutes of a patch; patches do not overlap, so it divides 60
 * @param width numbers that stand for a patch, a multiple of {@code heads}
 * @param feedForward inner width of the layers
 * @param hidden width of the head, where the levels join
 * @param dropout share of numbers that a layer loses in training, below 1
 * @param weightDecay of AdamW, of matrices only
 * @param rowsPerEpoch drawn without return until all were drawn: rows of neighbouring minutes say nearly the same
 * @param patience epochs without a better held-out loss after which training stops
 * @param threads of PyTorch, 1 or 2
 */
public record NetSettings(
        int patch,
        int width,
        int heads,
        int layers,
        int feedForward,
        int hidden,
        double dropout,
        double learningRate,
        double weightDecay,
        int batch,
        int rowsPerEpoch,
        int epochs,
        int patience,
        long seed,
        int threads) {
    public static final NetSettings USUAL =
            new NetSettings(12, 32, 4, 2, 64, 32, 0.2, 1e-3, 0.02, 256, 40_000, 12, 5, 20_261_121, 1);

    public NetSettings {
        require(patch >= 2 && MinuteWindow.MINUTES % patch == 0, "a patch divides 60 minutes", patch);
        require(heads >= 1 && width >= heads && width % heads == 0, "the width is a multiple of the heads", width);
        require(layers >= 1 && layers <= 8, "layers are 1 to 8", layers);
        require(feedForward >= 1 && hidden >= 1, "inner widths are 1 or more", Math.min(feedForward, hidden));
        require(dropout >= 0 && dropout < 1, "dropout is 0 or more, below 1", dropout);
        require(learningRate > 0 && learningRate < 1, "the learning rate is above 0, below 1", learningRate);
        require(weightDecay >= 0, "weight decay is 0 or more", weightDecay);
        require(batch >= 1 && rowsPerEpoch >= batch, "an epoch has at least one batch of rows", rowsPerEpoch);
        require(epochs >= 1 && epochs <= 1_000, "epochs are 1 to 1000", epochs);
        require(patience >= 1, "patience is 1 or more", patience);
        require(threads == 1 || threads == 2, "threads are 1 or 2", threads);
    }

    private static void require(boolean held, String rule, double was) {
        if (!held) {
            throw new IllegalArgumentException(rule + ", was " + was);
        }
    }

    int patches() {
        return MinuteWindow.MINUTES / patch;
    }

    public NetSettings withEpochs(int most, int rows) {
        return new NetSettings(
                patch,
                width,
                heads,
                layers,
                feedForward,
                hidden,
                dropout,
                learningRate,
                weightDecay,
                Math.min(batch, rows),
                rows,
                most,
                patience,
                seed,
                threads);
    }
}
