package voltage.local.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Plays many schedules, each in a thread of its own from its first event to its last, and adds up what came of them. */
public final class Simulations {
    private static final int SHRINKING_PLAYS = 250;

    private Simulations() {}

    /**
     * What is to be played.
     *
     * @param firstSeed the others follow it
     * @param minutes simulated, at least 8
     * @param faults numbers of the faults that may hit; empty for all of the schedule
     * @param threads schedules at a time; what comes out does not depend on it
     */
    public record Request(long firstSeed, int seeds, int minutes, Optional<Set<Integer>> faults, int threads) {
        public Request {
            if (seeds < 1 || threads < 1) {
                throw new IllegalArgumentException(
                        "at least one seed and one thread are needed, was " + seeds + " and " + threads);
            }
            if (minutes < 8 || minutes > 600) {
                throw new IllegalArgumentException("a schedule has 8 to 600 minutes, was " + minutes);
            }
        }
    }

    /**
     * A broken rule.
     *
     * @param faults numbers of the fewest faults found that break it, with commas
     * @param events what happened before
     */
    public record Failure(
            long seed, String rule, String violation, String faults, List<String> described, List<String> events) {
        public Failure {
            described = List.copyOf(described);
            events = List.copyOf(events);
        }
    }

    /**
     * What came of them.
     *
     * @param hits faults that hit, by kind
     * @param digest over the digests of all schedules in order of their seeds
     * @param violations schedules in which a rule was broken
     * @param failures the first of them, shrunk
     */
    public record Report(
            int schedules,
            Map<String, Long> hits,
            Map<String, Long> planned,
            long operations,
            long checks,
            long orders,
            long fills,
            long settlements,
            long frames,
            long workerDeaths,
            long executorDeaths,
            double simulatedHours,
            double seconds,
            String digest,
            int violations,
            List<Failure> failures) {
        /** Simulated hours in a second of ours. */
        public double speed() {
            return simulatedHours / seconds;
        }
    }

    /** Told how far it is, in the calling thread. */
    public interface Progress {
        void played(int schedules, int violations);

        /** A schedule broke a rule; it will be shrunk if it is the first. */
        void broken(long seed, String violation);
    }

    /** Plays all schedules. */
    public static Report run(Request request, Progress progress) {
        long began = System.nanoTime();
        Sum sum = new Sum();
        try (Silence silence = new Silence();
                ExecutorService pool = Executors.newFixedThreadPool(request.threads())) {
            List<Future<SimulationResult>> results = new ArrayList<>();
            for (int i = 0; i < request.seeds(); i++) {
                Simulation.Plan plan = plan(request, request.firstSeed() + i);
                results.add(pool.submit(() -> new Simulation(plan, null).run()));
            }
            for (Future<SimulationResult> result : results) {
                SimulationResult played = get(result);
                sum.add(played);
                Violation violation = played.violation();
                if (violation != null) {
                    progress.broken(played.seed(), String.valueOf(violation.getMessage()));
                }
                progress.played(sum.schedules, sum.broken.size());
            }
            List<Failure> failures = new ArrayList<>();
            if (!sum.broken.isEmpty()) {
                failures.add(shrink(sum.broken.getFirst(), request.minutes()));
            }
            return sum.report((System.nanoTime() - began) / 1e9, failures);
        }
    }

    /** Plays one schedule and tells everything that happens. */
    public static Report replay(Request request, Consumer<String> listener) {
        long began = System.nanoTime();
        Sum sum = new Sum();
        try (Silence silence = new Silence()) {
            SimulationResult result = new Simulation(plan(request, request.firstSeed()), listener).run();
            sum.add(result);
            Violation violation = result.violation();
            List<Failure> failures =
                    violation == null ? List.of() : List.of(failure(result, violation, result.faults()));
            return sum.report((System.nanoTime() - began) / 1e9, failures);
        }
    }

    private static Simulation.Plan plan(Request request, long seed) {
        Simulation.Plan whole = Simulation.Plan.of(seed, request.minutes());
        return request.faults()
                .map(numbers ->
                        new Simulation.Plan(seed, request.minutes(), FaultSchedule.only(whole.faults(), numbers)))
                .orElse(whole);
    }

    private static SimulationResult get(Future<SimulationResult> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while schedules were played", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a schedule could not be played: " + e.getCause(), e);
        }
    }

    private static Failure shrink(SimulationResult broken, int minutes) {
        Violation first = broken.violation();
        if (first == null) {
            throw new IllegalArgumentException("seed " + broken.seed() + " broke no rule");
        }
        Shrinker shrinker = new Shrinker(
                faults -> {
                    Violation again = new Simulation(new Simulation.Plan(broken.seed(), minutes, faults), null)
                            .run()
                            .violation();
                    return again != null && again.rule() == first.rule();
                },
                SHRINKING_PLAYS);
        List<PlannedFault> fewest = shrinker.shrink(broken.faults());
        SimulationResult told = new Simulation(new Simulation.Plan(broken.seed(), minutes, fewest), line -> {}).run();
        Violation violation = told.violation();
        return failure(told, violation == null ? first : violation, fewest);
    }

    private static Failure failure(SimulationResult result, Violation violation, List<PlannedFault> faults) {
        return new Failure(
                result.seed(),
                violation.rule().figure() + " " + violation.rule(),
                String.valueOf(violation.getMessage()),
                FaultSchedule.text(faults),
                faults.stream().map(PlannedFault::toString).toList(),
                result.last());
    }

    /** Adds results up, in order of their seeds. */
    private static final class Sum {
        private final MessageDigest digest = sha256();
        private final long[] hits = new long[FaultKind.values().length];
        private final long[] planned = new long[FaultKind.values().length];
        private final List<SimulationResult> broken = new ArrayList<>();
        private int schedules;
        private long operations;
        private long checks;
        private long orders;
        private long fills;
        private long settlements;
        private long frames;
        private long workerDeaths;
        private long executorDeaths;
        private double simulatedSeconds;

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        void add(SimulationResult result) {
            schedules++;
            digest.update((result.seed() + ":" + result.digest() + "\n").getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < hits.length; i++) {
                hits[i] += result.hits()[i];
            }
            result.faults().forEach(fault -> planned[fault.kind().ordinal()]++);
            operations += result.operations();
            checks += result.checks();
            orders += result.orders();
            fills += result.fills();
            settlements += result.settlements();
            frames += result.frames();
            workerDeaths += result.workerDeaths();
            executorDeaths += result.executorDeaths();
            simulatedSeconds += result.simulatedSeconds();
            if (result.violation() != null) {
                broken.add(result);
            }
        }

        private static Map<String, Long> byKind(long[] counts) {
            Map<String, Long> named = new LinkedHashMap<>();
            for (FaultKind kind : FaultKind.values()) {
                named.put(kind.name(), counts[kind.ordinal()]);
            }
            return named;
        }

        Report report(double seconds, List<Failure> failures) {
            return new Report(
                    schedules,
                    byKind(hits),
                    byKind(planned),
                    operations,
                    checks,
                    orders,
                    fills,
                    settlements,
                    frames,
                    workerDeaths,
                    executorDeaths,
                    simulatedSeconds / 3_600,
                    seconds,
                    HexFormat.of().formatHex(digest.digest()),
                    broken.size(),
                    List.copyOf(failures));
        }
    }

    /** What our code logs about failures that are meant is nobody's business, and would be most of the work. */
    private static final class Silence implements AutoCloseable {
        private final Logger logger = (Logger) LoggerFactory.getLogger("voltage");
        private final @Nullable Level before = logger.getLevel();

        Silence() {
            logger.setLevel(Level.OFF);
        }

        @Override
        public void close() {
            logger.setLevel(before);
        }
    }
}
