package voltage.worker.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voltage.worker.pipeline.LatencyProbe;

/**
 * What {@code summary.json} holds. Money in micro-dollars, latencies in nanoseconds, Brier scores by minutes to close ({@code all} for
 * every instant).
 *
 * @param source {@code recorded}, {@code simulated} or {@code live}; {@code unknown} for a run that does not say
 * @param markets each market with its result and what it did to us
 * @param forecasters decisions by whose volatility they were made on: a version of models, {@code har} or {@code none}
 * @param refused refused commands by reason
 * @param exchangeCashE6 the balance as the exchange states it; null where there is no exchange to ask
 * @param orphans executions or positions of the exchange that the ledger does not explain; null where nobody has audited
 * @param phantoms executions or positions of the ledger that the exchange does not have; null where nobody has audited
 * @param duplicates commands that became more than one order, and executions booked twice; null where nobody has audited
 * @param isReproducible whether the journal gave the decisions again that the run had made; null where there were none to compare
 * @param missing what the session's recording lacks, in words
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunSummary(
        String source,
        String session,
        String command,
        long events,
        List<MarketLine> markets,
        long decisions,
        Map<String, Long> forecasters,
        long intents,
        Map<String, Long> refused,
        long orders,
        long fills,
        long settlements,
        long feesE6,
        long pnlE6,
        long ledgerCashE6,
        @Nullable Long exchangeCashE6,
        @Nullable Long orphans,
        @Nullable Long phantoms,
        @Nullable Long duplicates,
        long parseFailures,
        long sequenceGaps,
        String decisionDigest,
        @Nullable Boolean isReproducible,
        Map<String, Double> brier,
        Map<String, Double> brierMarket,
        Map<String, Long> brierInstants,
        Latency latency,
        long starts,
        double elapsedSeconds,
        List<String> missing,
        List<String> alerts) {

    /** @param result {@code yes}, {@code no} or null while unknown */
    public record MarketLine(
            String ticker,
            @Nullable String result,
            @Nullable String officialResult,
            long fills,
            long pnlE6,
            long feesE6) {}

    /** @param decisionToOrderClock which clock the second is measured by: {@code session} where latency is modelled */
    public record Latency(
            LatencyProbe.Quantiles frameToDecision,
            LatencyProbe.Quantiles decisionToOrder,
            String decisionToOrderClock) {}

    /** Whether the exchange was asked for what the ledger says. */
    public boolean wasAudited() {
        return orphans != null && phantoms != null && duplicates != null;
    }

    /** Whether the run is what it should be: nothing that was looked at is wrong with its books or its journal. */
    @JsonIgnore
    public boolean isGood() {
        return booksBalance() && !Boolean.FALSE.equals(isReproducible);
    }

    /** Whether everything that was audited adds up to the last unit. */
    public boolean booksBalance() {
        return isNone(orphans)
                && isNone(phantoms)
                && isNone(duplicates)
                && (exchangeCashE6 == null || exchangeCashE6 == ledgerCashE6)
                && markets.stream()
                        .allMatch(market -> market.officialResult() == null
                                || market.result() == null
                                || market.officialResult().equals(market.result()));
    }

    private static boolean isNone(@Nullable Long count) {
        return count == null || count == 0;
    }

    /** Writes it whole or not at all. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".part");
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValue(draft.toFile(), this);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
