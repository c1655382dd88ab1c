package voltage.training.data;

/** Ordinary least squares by the normal equations, with an intercept: enough for a few well-scaled columns. */
final class LeastSquares {
    private final int size;
    private final double[][] normal;

    LeastSquares(int columns) {
        size = columns + 1;
        normal = new double[size][size + 1];
    }

    void add(double[] x, double y) {
        double[] row = new double[size + 1];
        row[0] = 1;
        System.arraycopy(x, 0, row, 1, x.length);
        row[size] = y;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= size; j++) {
                normal[i][j] += row[i] * row[j];
            }
        }
    }

    /** The intercept, then a weight for each column. */
    double[] solve() {
        double[][] a = new double[size][];
        for (int i = 0; i < size; i++) {
            a[i] = normal[i].clone();
            // A ridge far below any noise, for columns that say the same.
            a[i][i] *= 1 + 1e-9;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            for (int row = 0; row < size; row++) {
                if (row != pivot) {
                    double factor = a[row][pivot] / a[pivot][pivot];
                    for (int k = pivot; k <= size; k++) {
                        a[row][k] -= factor * a[pivot][k];
                    }
                }
            }
        }
        double[] solution = new double[size];
        for (int i = 0; i < size; i++) {
            solution[i] = a[i][size] / a[i][i];
        }
        return solution;
    }

    static double predict(double[] weights, double[] x) {
        double sum = weights[0];
        for (int i = 0; i < x.length; i++) {
            sum += weights[i + 1] * x[i];
        }
        return sum;
    }
}
