package voltage.forecast.event;

/**
 * Student's t distribution, scaled to variance 1: fat tails. Bitcoin's quarter-hours have 3 to 6 degrees of freedom.
 *
 * <p>{@code P(T > t) = ½ I_{ν/(ν+t²)}(ν/2, 1/2)}; a value z of variance 1 is {@code t = z·√(ν/(ν−2))}.
 */
public final class StudentT implements Tail {
    private final double degrees;
    private final double stretch;
    private final double logBeta;

    /** @param degrees of freedom, above 2, since below there is no variance to scale by; at most 1000: use {@link Tail#NORMAL} beyond */
    public StudentT(double degrees) {
        if (!(degrees > 2) || degrees > 1000) {
            throw new IllegalArgumentException(
                    "a t distribution of variance 1 has more than 2 and at most 1000 degrees of freedom, was "
                            + degrees);
        }
        this.degrees = degrees;
        stretch = Math.sqrt(degrees / (degrees - 2));
        logBeta = IncompleteBeta.logBeta(degrees / 2, 0.5);
    }

    public double degrees() {
        return degrees;
    }

    @Override
    public double cumulative(double z) {
        double upper = standardUpper(Math.abs(z) * stretch);
        return z > 0 ? 1 - upper : upper;
    }

    @Override
    public double beyond(double z) {
        return 2 * standardUpper(z * stretch);
    }

    @Override
    public double density(double z) {
        double t = z * stretch;
        double log = -(degrees + 1) / 2 * StrictMath.log1p(t * t / degrees) - logBeta - StrictMath.log(degrees) / 2;
        return stretch * StrictMath.exp(log);
    }

    /** {@code P(T > t)} of the common, unscaled distribution, for t not below 0. */
    double standardUpper(double t) {
        double square = t * t;
        return IncompleteBeta.regularised(
                        degrees / (degrees + square), square / (degrees + square), degrees / 2, 0.5, logBeta)
                / 2;
    }

    @Override
    public String toString() {
        return "StudentT[" + degrees + "]";
    }
}
