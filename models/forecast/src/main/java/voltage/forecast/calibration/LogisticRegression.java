package voltage.forecast.calibration;

/**
 * Logistic regression by Newton's method with a line search (Lin, Lin, Weng 2007): {@code logit P = coefficient_0 + Σ coefficient_j x_j}.
 * Targets may be soft. On data that the regressors part perfectly the coefficients have no end; iterations are bounded then.
 */
public final class LogisticRegression {
    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    /** Twice what a further step would lower the loss by. */
    private static final double ENOUGH = 1e-24;

    private static final double DECREASE = 1e-4;
    private static final double ROUNDING = 1e-14;
    /** Keeps the Hessian invertible when a regressor is constant or hardly varies. */
    private static final double RIDGE = 1e-12;

    private LogisticRegression() {}

    /**
     * Fits.
     *
     * @param regressors one array for each, of one length, finite
     * @param targets probabilities, 0 and 1 for plain labels
     * @return the intercept, then one coefficient for each regressor
     */
    public static double[] fit(double[][] regressors, double[] targets) {
        int n = targets.length;
        int k = regressors.length + 1;
        if (n == 0) {
            throw new IllegalArgumentException("a regression needs at least one target, was none");
        }
        for (double[] regressor : regressors) {
            if (regressor.length != n) {
                throw new IllegalArgumentException(
                        "a regressor has as many values as there are targets (" + n + "), was " + regressor.length);
            }
        }
        double[] coefficients = new double[k];
        double loss = loss(coefficients, regressors, targets);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[k];
            double[][] hessian = new double[k][k];
            derivatives(coefficients, regressors, targets, gradient, hessian);
            double[] direction = solve(hessian, gradient);
            double slope = 0;
            for (int j = 0; j < k; j++) {
                slope += gradient[j] * direction[j];
            }
            if (!(slope > ENOUGH)) {
                break;
            }
            double length = 1;
            boolean better = false;
            for (int half = 0; half < MOST_HALVINGS && !better; half++, length /= 2) {
                double[] candidate = new double[k];
                for (int j = 0; j < k; j++) {
                    candidate[j] = coefficients[j] - length * direction[j];
                }
                double candidateLoss = loss(candidate, regressors, targets);
                if (candidateLoss <= loss - DECREASE * length * slope + ROUNDING) {
                    coefficients = candidate;
                    loss = candidateLoss;
                    better = true;
                }
            }
            if (!better) {
                break;
            }
        }
        return coefficients;
    }

    /** Mean log loss of the coefficients. */
    static double loss(double[] coefficients, double[][] regressors, double[] targets) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            double score = score(coefficients, regressors, i);
            // ln(1 + e^s) − t·s, without overflow.
            double softplus = Math.max(score, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(score)));
            sum += softplus - targets[i] * score;
        }
        return sum / targets.length;
    }

    private static double score(double[] coefficients, double[][] regressors, int i) {
        double score = coefficients[0];
        for (int j = 0; j < regressors.length; j++) {
            score += coefficients[j + 1] * regressors[j][i];
        }
        return score;
    }

    private static void derivatives(
            double[] coefficients, double[][] regressors, double[] targets, double[] gradient, double[][] hessian) {
        int k = coefficients.length;
        double n = targets.length;
        double[] x = new double[k];
        x[0] = 1;
        for (int i = 0; i < targets.length; i++) {
            for (int j = 1; j < k; j++) {
                x[j] = regressors[j - 1][i];
            }
            double p = LogOdds.inverse(score(coefficients, regressors, i));
            double weight = p * (1 - p) / n;
            double error = (p - targets[i]) / n;
            for (int j = 0; j < k; j++) {
                gradient[j] += error * x[j];
                for (int l = 0; l <= j; l++) {
                    hessian[j][l] += weight * x[j] * x[l];
                }
            }
        }
        for (int j = 0; j < k; j++) {
            hessian[j][j] += RIDGE;
            for (int l = 0; l < j; l++) {
                hessian[l][j] = hessian[j][l];
            }
        }
    }

    /** Gaussian elimination with pivots; the matrix is spoilt. */
    private static double[] solve(double[][] matrix, double[] right) {
        int k = right.length;
        double[] x = right.clone();
        for (int column = 0; column < k; column++) {
            int pivot = column;
            for (int row = column + 1; row < k; row++) {
                pivot = Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column]) ? row : pivot;
            }
            double[] swapped = matrix[pivot];
            matrix[pivot] = matrix[column];
            matrix[column] = swapped;
            double value = x[pivot];
            x[pivot] = x[column];
            x[column] = value;
            for (int row = column + 1; row < k; row++) {
                double factor = matrix[row][column] / matrix[column][column];
                for (int j = column; j < k; j++) {
                    matrix[row][j] -= factor * matrix[column][j];
                }
                x[row] -= factor * x[column];
            }
        }
        for (int row = k - 1; row >= 0; row--) {
            for (int j = row + 1; j < k; j++) {
                x[row] -= matrix[row][j] * x[j];
            }
            x[row] /= matrix[row][row];
        }
        return x;
    }
}
