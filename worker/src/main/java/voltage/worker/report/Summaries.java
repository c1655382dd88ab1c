package voltage.worker.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;
import voltage.order.Account;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;
import voltage.worker.run.Tally;

/** Puts a summary together from what a run kept. */
public final class Summaries {
    private Summaries() {}

    /**
     * What is known from outside the engine.
     *
     * @param account the ledger's account, or the engine's where there is no ledger at hand
     * @param exchangeCashE6 null where there is no exchange to ask; so are orphans, phantoms and duplicates
     * @param isReproducible whether the journal gave the decisions again; null where there was nothing to compare
     * @param official official results, {@code yes} or {@code no} by ticker
     */
    public record Surroundings(
            String source,
            String session,
            String command,
            Account account,
            @Nullable Long exchangeCashE6,
            @Nullable Long orphans,
            @Nullable Long phantoms,
            @Nullable Long duplicates,
            @Nullable Boolean isReproducible,
            Map<String, String> official,
            String decisionToOrderClock,
            long starts,
            double elapsedSeconds,
            List<String> missing,
            List<String> alerts) {}

    /** @param frameToDecision measured by the run */
    public static RunSummary of(
            Surroundings around,
            Pipeline pipeline,
            Tally tally,
            ForecastScore score,
            LatencyProbe.Quantiles frameToDecision,
            long decisions,
            String digest) {
        Account account = around.account();
        Map<String, Double> brier = new TreeMap<>();
        Map<String, Double> brierMarket = new TreeMap<>();
        Map<String, Long> instants = new TreeMap<>();
        score.scores().forEach((minute, value) -> {
            String key = minute == 0 ? "all" : Integer.toString(minute);
            brier.put(key, value.brier());
            brierMarket.put(key, value.brierMarket());
            instants.put(key, value.n());
        });
        return new RunSummary(
                around.source(),
                around.session(),
                around.command(),
                pipeline.stats().events(),
                markets(around, score),
                decisions,
                tally.forecasters(),
                tally.intents(),
                tally.refused(),
                tally.orders(),
                account.fills(),
                account.settlements(),
                account.feesE6(),
                account.cashE6() + account.worstCaseLossE6() - account.depositsE6(),
                account.cashE6(),
                around.exchangeCashE6(),
                around.orphans(),
                around.phantoms(),
                around.duplicates(),
                pipeline.stats().malformedTotal(),
                pipeline.sequenceGaps(),
                digest,
                around.isReproducible(),
                brier,
                brierMarket,
                instants,
                new RunSummary.Latency(frameToDecision, tally.decisionToOrder(), around.decisionToOrderClock()),
                around.starts(),
                around.elapsedSeconds(),
                around.missing(),
                around.alerts());
    }

    private static List<RunSummary.MarketLine> markets(Surroundings around, ForecastScore score) {
        TreeSet<String> tickers = new TreeSet<>(around.official().keySet());
        tickers.addAll(score.results().keySet());
        tickers.addAll(around.account().positions().keySet());
        List<RunSummary.MarketLine> lines = new ArrayList<>();
        for (String ticker : tickers) {
            Account.Position position = around.account().position(ticker);
            Side result = score.results().get(ticker);
            lines.add(new RunSummary.MarketLine(
                    ticker,
                    result == null ? null : result == Side.YES ? "yes" : "no",
                    around.official().get(ticker),
                    position == null ? 0 : position.fills(),
                    position == null ? 0 : position.cashFlowE6(),
                    position == null ? 0 : position.feesE6()));
        }
        return lines;
    }
}
