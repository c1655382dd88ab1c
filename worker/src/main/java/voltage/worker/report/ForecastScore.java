package voltage.worker.report;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import voltage.engine.Decision;
import voltage.market.EventSink;
import voltage.market.MarketEvent;
import voltage.market.Side;
import voltage.strategy.Opinion;

/**
 * Brier scores of the deciding forecast and of the market's own price at the same instants, by whole minutes to close. Only instants at
 * which both exist count.
 */
public final class ForecastScore implements EventSink {
    /** One pair of probabilities of YES, in millionths. */
    private record Sample(int minute, int fairYesE6, int marketYesE6) {}

    private final Map<String, Map<Integer, Sample>> open = new HashMap<>();
    private final Map<String, Side> results = new HashMap<>();

    /** Mean squared errors and how many there are. */
    public record Score(long n, double brier, double brierMarket) {}

    /** Takes each decision; keeps those made on whole minutes to close. */
    public void decided(Decision decision) {
        if (decision.secondsToClose() % 60 != 0
                || decision.secondsToClose() == 0
                || decision.fairYesE6() == Opinion.NONE
                || decision.twiceMidE4() == 0) {
            return;
        }
        int minute = (int) (decision.secondsToClose() / 60);
        open.computeIfAbsent(decision.ticker(), ticker -> new TreeMap<>())
                .putIfAbsent(minute, new Sample(minute, decision.fairYesE6(), decision.twiceMidE4() * 50));
    }

    @Override
    public void on(MarketEvent event) {
        if (event instanceof MarketEvent.MarketDetermined determined) {
            results.put(determined.market().ticker(), determined.result());
        }
    }

    /** Scores by minutes to close, ascending; key 0 holds all together. Markets without a result are left out. */
    public Map<Integer, Score> scores() {
        Map<Integer, double[]> sums = new TreeMap<>();
        open.forEach((ticker, samples) -> {
            Side result = results.get(ticker);
            if (result != null) {
                double outcome = result == Side.YES ? 1 : 0;
                for (Sample sample : samples.values()) {
                    add(sums, 0, outcome, sample);
                    add(sums, sample.minute(), outcome, sample);
                }
            }
        });
        Map<Integer, Score> scores = new TreeMap<>();
        sums.forEach((minute, sum) -> scores.put(minute, new Score((long) sum[0], sum[1] / sum[0], sum[2] / sum[0])));
        return scores;
    }

    private static void add(Map<Integer, double[]> sums, int minute, double outcome, Sample sample) {
        double[] sum = sums.computeIfAbsent(minute, unseen -> new double[3]);
        double fair = sample.fairYesE6() / 1e6 - outcome;
        double market = sample.marketYesE6() / 1e6 - outcome;
        sum[0]++;
        sum[1] += fair * fair;
        sum[2] += market * market;
    }

    /** Results seen, by ticker. */
    public Map<String, Side> results() {
        return Map.copyOf(results);
    }
}
