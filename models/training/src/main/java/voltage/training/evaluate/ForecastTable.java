package voltage.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Losses;
import voltage.training.measure.Scores;

/** What each forecaster said of the same contracts at the same instants, and what came of it, in the order of time. */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record ForecastTable(
        Map<String, double[]> forecasts, boolean[] labels, long[] atNanos, long[] closeNanos, int[] minutesToClose) {

    /** Of those instants at which everybody has a forecast; the market's price comes last. */
    static ForecastTable of(List<ContractInstant> instants, List<ContractForecaster> forecasters, String market) {
        List<ContractInstant> kept = new ArrayList<>();
        List<double[]> said = new ArrayList<>();
        for (ContractInstant instant : instants) {
            double[] each = forecasters.stream()
                    .mapToDouble(forecaster -> forecaster.yes(instant))
                    .toArray();
            if (Arrays.stream(each).allMatch(Double::isFinite)) {
                kept.add(instant);
                said.add(each);
            }
        }
        Map<String, double[]> forecasts = new LinkedHashMap<>();
        for (int f = 0; f < forecasters.size(); f++) {
            int column = f;
            forecasts.put(
                    forecasters.get(f).name(),
                    said.stream().mapToDouble(each -> each[column]).toArray());
        }
        forecasts.put(
                market,
                kept.stream().mapToDouble(instant -> instant.quote().mid()).toArray());
        boolean[] labels = new boolean[kept.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = kept.get(i).outcome();
        }
        return new ForecastTable(
                forecasts,
                labels,
                kept.stream().mapToLong(instant -> instant.quote().atNanos()).toArray(),
                kept.stream().mapToLong(instant -> instant.quote().closeNanos()).toArray(),
                kept.stream()
                        .mapToInt(instant -> instant.quote().minutesToClose())
                        .toArray());
    }

    public int size() {
        return labels.length;
    }

    public List<String> names() {
        return List.copyOf(forecasts.keySet());
    }

    /** One forecaster's probabilities of YES. */
    public double[] said(String name) {
        double[] said = forecasts.get(name);
        if (said == null) {
            throw new IllegalArgumentException("the forecasters are " + forecasts.keySet() + ", was " + name);
        }
        return said;
    }

    /** Squared errors of one forecaster, row by row. */
    public double[] brier(String name) {
        return Losses.brier(said(name), labels);
    }

    /** Figures of some of the forecasters, in that order. */
    public Map<String, EventEvaluation.Figures> figures(List<String> shown, DayBootstrap days) {
        Map<String, EventEvaluation.Figures> figures = new LinkedHashMap<>();
        for (String name : shown) {
            figures.put(
                    name, new EventEvaluation.Figures(Scores.of(said(name), labels), days.mean(brier(name), atNanos)));
        }
        return figures;
    }

    /** Those rows that stand so many minutes before close. */
    public ForecastTable atMinute(int left) {
        return where(row -> minutesToClose[row] == left);
    }

    /** The same rows with one forecaster more. */
    public ForecastTable with(String name, double[] probabilities) {
        Map<String, double[]> more = new LinkedHashMap<>(forecasts);
        more.put(name, probabilities);
        return new ForecastTable(more, labels, atNanos, closeNanos, minutesToClose);
    }

    /** Those for which it holds, by their number. */
    public ForecastTable where(IntPredicate wanted) {
        int[] kept = IntStream.range(0, size()).filter(wanted).toArray();
        Map<String, double[]> columns = new LinkedHashMap<>();
        forecasts.forEach((name, said) ->
                columns.put(name, IntStream.of(kept).mapToDouble(i -> said[i]).toArray()));
        boolean[] outcomes = new boolean[kept.length];
        for (int i = 0; i < kept.length; i++) {
            outcomes[i] = labels[kept[i]];
        }
        return new ForecastTable(
                columns,
                outcomes,
                IntStream.of(kept).mapToLong(i -> atNanos[i]).toArray(),
                IntStream.of(kept).mapToLong(i -> closeNanos[i]).toArray(),
                IntStream.of(kept).map(i -> minutesToClose[i]).toArray());
    }
}
