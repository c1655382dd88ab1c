package voltage.local.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import voltage.local.session.Dice;

/** The faults of one run, made from its seed before it begins and independent of what will happen in it. */
final class FaultSchedule {
    private static final long SECOND = 1_000_000_000L;
    /** The system is up by then. */
    private static final long EARLIEST = 20 * SECOND;
    /** How many faults lie in wait in 30 minutes. */
    private static final int FAULTS = 48;

    private FaultSchedule() {}

    /** @param quietNanos after the start, when no new fault may hit */
    static List<PlannedFault> of(long seed, long quietNanos) {
        Dice dice = Dice.ofCounted(seed, "faults");
        int wanted = (int) Math.max(1, FAULTS * quietNanos / (25 * 60 * SECOND));
        int total =
                Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
        List<PlannedFault> drawn = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            FaultKind kind = draw(dice.below(total));
            long latest = latest(kind, quietNanos);
            drawn.add(new PlannedFault(
                    0,
                    kind,
                    dice.between(EARLIEST, Math.max(EARLIEST + 1, latest)),
                    lasts(kind, dice),
                    dice.below(1 << 20)));
        }
        drawn.sort(Comparator.comparingLong(PlannedFault::atNanos));
        List<PlannedFault> planned = new ArrayList<>();
        for (PlannedFault fault : drawn) {
            planned.add(
                    new PlannedFault(planned.size(), fault.kind(), fault.atNanos(), fault.lastsNanos(), fault.pick()));
        }
        return List.copyOf(planned);
    }

    private static FaultKind draw(int ticket) {
        int left = ticket;
        for (FaultKind kind : FaultKind.values()) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("a ticket is below the sum of the weights, was " + ticket);
    }

    /** What takes long to be over is planned early, so that the quiet at the end is quiet. */
    private static long latest(FaultKind kind, long quietNanos) {
        return switch (kind) {
            case POISON_MESSAGE -> quietNanos / 2;
            case TWO_LEADERS -> quietNanos * 3 / 4;
            case ANSWERED_401 -> quietNanos - 120 * SECOND;
            default -> quietNanos - 60 * SECOND;
        };
    }

    private static long lasts(FaultKind kind, Dice dice) {
        return switch (kind) {
            case REQUEST_DELAYED, ANSWER_DELAYED -> dice.between(SECOND / 10, 5 * SECOND);
            // From the moment of sending: within the exchange's clock window, later it would be refused.
            case REQUEST_OVERTAKEN -> dice.between(3 * SECOND, 5 * SECOND);
            case READS_STALE -> dice.between(SECOND, 8 * SECOND);
            case FRAME_DELAYED, FRAME_REORDERED, PRIVATE_LATE, PRIVATE_REORDERED, REPORT_DELAYED ->
                dice.between(SECOND / 20, 3 * SECOND);
            case SLOW_CONSUMER, FEED_SILENT -> dice.between(2 * SECOND, 45 * SECOND);
            case CROSSED_BOOK -> dice.between(SECOND, 5 * SECOND);
            case CLOCK_STEPPED -> dice.between(5 * SECOND, 60 * SECOND);
            case TRADING_PAUSED, EXCHANGE_PAUSED, MARKET_PAUSED -> dice.between(5 * SECOND, 60 * SECOND);
            case SETTLEMENT_LATE ->
                dice.chance(0.2)
                        ? dice.between(3_600 * SECOND, 10_800 * SECOND)
                        : dice.between(5 * SECOND, 300 * SECOND);
            case SETTLEMENT_AMENDED -> dice.between(10 * SECOND, 200 * SECOND);
            case WORKER_KILLED,
                    WORKER_KILLED_STARTING,
                    EXECUTOR_KILLED_BEFORE_WRITE,
                    EXECUTOR_KILLED_AFTER_WRITE,
                    EXECUTOR_KILLED_SENDING,
                    EXECUTOR_KILLED_REPORTING,
                    EXECUTOR_KILLED_STARTING -> dice.between(SECOND / 2, 10 * SECOND);
            case TWO_LEADERS -> dice.between(10 * SECOND, 60 * SECOND);
            case LEDGER_THROTTLED -> dice.between(SECOND / 10, 3 * SECOND);
            default -> dice.between(SECOND / 100, SECOND);
        };
    }

    /** Those of a schedule with these numbers. */
    static List<PlannedFault> only(List<PlannedFault> schedule, Set<Integer> numbers) {
        return schedule.stream()
                .filter(fault -> numbers.contains(fault.number()))
                .toList();
    }

    /**
     * Reads {@code 3,17}; empty text for no faults at all.
     *
     * @throws IllegalArgumentException if it is not a list of numbers
     */
    static Set<Integer> numbers(String text) {
        Set<Integer> numbers = new TreeSet<>();
        for (String part : text.strip().split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    numbers.add(Integer.valueOf(part.strip()));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "faults are numbers with commas between them, like 3,17, was \"" + text + "\"", e);
                }
            }
        }
        return numbers;
    }

    static String text(List<PlannedFault> faults) {
        return faults.stream().map(fault -> Integer.toString(fault.number())).collect(Collectors.joining(","));
    }
}
