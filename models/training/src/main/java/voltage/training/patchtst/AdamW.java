package voltage.training.patchtst;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), on one vector and in Java: so its state is in the checkpoint, which
 * DJL's optimisers do not give.
 */
final class AdamW {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;
    /** Longer gradients are cut to this length. */
    private static final double LONGEST = 1;

    private final boolean[] decayed;
    private final double decay;
    final float[] first;
    final float[] second;

    AdamW(boolean[] decayed, double decay) {
        this.decayed = decayed;
        this.decay = decay;
        first = new float[decayed.length];
        second = new float[decayed.length];
    }

    /** @param step from 1 */
    void step(float[] weights, float[] gradient, double rate, long step) {
        double squares = 0;
        for (float each : gradient) {
            squares += (double) each * each;
        }
        if (!Double.isFinite(squares)) {
            throw new IllegalStateException("the gradient of step " + step
                    + " is not finite: the learning rate is too high or the examples are damaged");
        }
        double cut = Math.min(1, LONGEST / Math.max(Math.sqrt(squares), 1e-12));
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (int i = 0; i < weights.length; i++) {
            double g = cut * gradient[i];
            first[i] = (float) (BETA1 * first[i] + (1 - BETA1) * g);
            second[i] = (float) (BETA2 * second[i] + (1 - BETA2) * g * g);
            double move = first[i] / correction1 / (Math.sqrt(second[i] / correction2) + EPSILON);
            weights[i] -= (float) (rate * (move + (decayed[i] ? decay * weights[i] : 0)));
        }
    }
}
