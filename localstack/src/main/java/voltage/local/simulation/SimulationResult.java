package voltage.local.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule went.
 *
 * @param digest SHA-256 over everything that could be observed
 * @param hits how many faults hit, by the kind's ordinal
 * @param checks how often a rule was looked at
 * @param operations requests, ledger writes and commands
 * @param violation null if everything held
 * @param last what happened last, if anybody listened
 */
record SimulationResult(
        long seed,
        List<PlannedFault> faults,
        String digest,
        long[] hits,
        long checks,
        long operations,
        long orders,
        long fills,
        long settlements,
        long workerDeaths,
        long executorDeaths,
        long frames,
        double simulatedSeconds,
        @Nullable Violation violation,
        List<String> last) {}
