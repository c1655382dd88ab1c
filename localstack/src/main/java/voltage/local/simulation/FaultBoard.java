package voltage.local.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voltage.local.play.VirtualTime;

/** Which faults lie in wait now, and how many of each kind have hit. */
final class FaultBoard {
    private final List<PlannedFault> planned;
    private final VirtualTime time;
    private final EventLog log;
    private final long startNanos;
    private final Map<FaultKind, List<PlannedFault>> waiting = new EnumMap<>(FaultKind.class);
    private final long[] hits = new long[FaultKind.values().length];
    private int next;
    private boolean isOver;
    private long lastHitNanos;

    FaultBoard(List<PlannedFault> planned, VirtualTime time, EventLog log) {
        this.planned = planned;
        this.time = time;
        this.log = log;
        startNanos = time.nowNanos();
    }

    private void arm() {
        while (next < planned.size() && startNanos + planned.get(next).atNanos() <= time.nowNanos()) {
            PlannedFault fault = planned.get(next++);
            waiting.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(fault);
        }
    }

    /** Whether a fault of this kind lies in wait. */
    boolean waits(FaultKind kind) {
        if (isOver) {
            return false;
        }
        arm();
        List<PlannedFault> faults = waiting.get(kind);
        return faults != null && !faults.isEmpty();
    }

    /** The fault of this kind that hits now, if one lies in wait; it is counted and gone. */
    @Nullable
    PlannedFault take(FaultKind kind) {
        return takeIf(kind, fault -> true);
    }

    /** As {@link #take}, if the fault that has waited longest fits. */
    @Nullable
    PlannedFault takeIf(FaultKind kind, Predicate<PlannedFault> fits) {
        if (!waits(kind)) {
            return null;
        }
        List<PlannedFault> faults = waiting.getOrDefault(kind, List.of());
        if (!fits.test(faults.getFirst())) {
            return null;
        }
        PlannedFault fault = faults.removeFirst();
        hits[kind.ordinal()]++;
        lastHitNanos = time.nowNanos();
        log.add(() -> "FAULT " + fault);
        return fault;
    }

    /** When the next planned fault begins to lie in wait; {@link Long#MAX_VALUE} if none will. */
    long nextNanos() {
        return isOver || next >= planned.size()
                ? Long.MAX_VALUE
                : startNanos + planned.get(next).atNanos();
    }

    /** Nothing hits from here on. */
    void end() {
        isOver = true;
    }

    long lastHitNanos() {
        return lastHitNanos;
    }

    long[] hits() {
        return hits.clone();
    }
}
