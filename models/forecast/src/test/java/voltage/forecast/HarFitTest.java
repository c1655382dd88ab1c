package voltage.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.HarVolatility.Coefficients;
import voltage.forecast.estimator.Parkinson;

/** The fit in the code is the one that the shared minutes give. */
@Timeout(120)
class HarFitTest {
    private static final int[] WINDOWS = {5, 15, 60, 240, 1440};
    private static final int AHEAD = 15;

    /** Sums for ordinary least squares of y on 1 and five logarithms, and of the residuals of given coefficients. */
    private static final class Sums {
        private final double[][] normal = new double[6][7];
        private double squares;
        private double total;
        private double residualSquares;
        private int rows;

        private void add(double[] x, double y) {
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    normal[i][j] += x[i] * x[j];
                }
                normal[i][6] += x[i] * y;
            }
            double residual = y - Coefficients.FITTED.intercept();
            for (int i = 0; i < 5; i++) {
                residual -= Coefficients.FITTED.weights()[i] * x[i + 1];
            }
            residualSquares += residual * residual;
            squares += y * y;
            total += y;
            rows++;
        }

        private double rSquared() {
            return 1 - residualSquares / (squares - total * total / rows);
        }

        /** Gauss–Jordan with pivots. */
        private double[] solve() {
            double[][] a = new double[6][];
            for (int i = 0; i < 6; i++) {
                a[i] = normal[i].clone();
            }
            for (int column = 0; column < 6; column++) {
                int pivot = column;
                for (int row = column + 1; row < 6; row++) {
                    if (Math.abs(a[row][column]) > Math.abs(a[pivot][column])) {
                        pivot = row;
                    }
                }
                double[] swapped = a[column];
                a[column] = a[pivot];
                a[pivot] = swapped;
                for (int row = 0; row < 6; row++) {
                    if (row != column) {
                        double factor = a[row][column] / a[column][column];
                        for (int k = column; k < 7; k++) {
                            a[row][k] -= factor * a[column][k];
                        }
                    }
                }
            }
            double[] solution = new double[6];
            for (int i = 0; i < 6; i++) {
                solution[i] = a[i][6] / a[i][i];
            }
            return solution;
        }
    }

    private static TreeMap<Long, double[]> read(Path file) throws IOException {
        TreeMap<Long, double[]> minutes = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> header = Arrays.asList(reader.readLine().split(",", -1));
            int time = header.indexOf("open_time_ms");
            int high = header.indexOf("high");
            int low = header.indexOf("low");
            int close = header.indexOf("close");
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",", -1);
                minutes.putIfAbsent(Long.parseLong(fields[time]) / 60_000, new double[] {
                    Double.parseDouble(fields[high]), Double.parseDouble(fields[low]), Double.parseDouble(fields[close])
                });
            }
        }
        return minutes;
    }

    private static void collect(Path file, int step, Sums into) throws IOException {
        TreeMap<Long, double[]> minutes = read(file);
        long first = minutes.firstKey();
        int n = (int) (minutes.lastKey() - first + 1);
        double[] ranges = new double[n + 1];
        int[] known = new int[n + 1];
        double[] returns = new double[n + 1];
        double[] logClose = new double[n];
        for (int i = 0; i < n; i++) {
            double[] minute = minutes.get(first + i);
            double logRange = minute == null ? 0 : Math.log(minute[0] / minute[1]);
            logClose[i] = minute == null ? Double.NaN : Math.log(minute[2]);
            double change = i == 0 ? Double.NaN : logClose[i] - logClose[i - 1];
            ranges[i + 1] = ranges[i] + logRange * logRange * Parkinson.scale();
            known[i + 1] = known[i] + (minute == null ? 0 : 1);
            returns[i + 1] = returns[i] + (Double.isNaN(change) ? 0 : change * change);
        }
        for (int i = 1440; i < n - AHEAD; i += step) {
            if (known[i] - known[i - 1440] < 1400
                    || known[i + AHEAD] - known[i] < AHEAD
                    || Double.isNaN(logClose[i - 1])) {
                continue;
            }
            double[] x = new double[6];
            x[0] = 1;
            for (int w = 0; w < WINDOWS.length; w++) {
                x[w + 1] = Math.log((ranges[i] - ranges[i - WINDOWS[w]]) / WINDOWS[w]);
            }
            double y = Math.log((returns[i + AHEAD] - returns[i]) / AHEAD);
            if (Double.isFinite(y) && Arrays.stream(x).allMatch(Double::isFinite)) {
                into.add(x, y);
            }
        }
    }

    private static Path folder() {
        String shared = System.getProperty("voltage.shared");
        Path folder = Path.of(shared == null ? "absent" : shared, "data", "btc_1m");
        Assumptions.assumeTrue(Files.isDirectory(folder), "not run: ../shared/data is absent");
        return folder;
    }

    @Test
    void least_squares_over_the_training_minutes_give_the_coefficients_in_the_code() throws IOException {
        Sums sums = new Sums();
        collect(folder().resolve("btcusdt_1m_20250520_20250818.csv.gz"), 3, sums);
        collect(folder().resolve("btcusdt_1m_20251218_20260131.csv.gz"), 3, sums);
        double[] fitted = sums.solve();

        assertThat(sums.rows).isEqualTo(63_815);
        assertThat(fitted[0]).isCloseTo(Coefficients.FITTED.intercept(), within(1e-3));
        for (int i = 0; i < WINDOWS.length; i++) {
            assertThat(fitted[i + 1]).isCloseTo(Coefficients.FITTED.weights()[i], within(1e-3));
        }
        assertThat(sums.residualSquares / sums.rows).isCloseTo(Coefficients.FITTED.residualVariance(), within(1e-3));
    }

    @Test
    void out_of_sample_more_than_half_of_the_variation_is_explained() throws IOException {
        Sums sums = new Sums();
        collect(folder().resolve("btcusdt_1m_20260216_20260514.csv.gz"), 15, sums);

        assertThat(sums.rSquared()).isGreaterThanOrEqualTo(0.57);
    }
}
