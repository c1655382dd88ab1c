package voltage.local.simulation.cloud;

import java.util.EnumMap;
import java.util.Map;

/** How often each operation was asked for and each fault was injected. */
public final class CloudCounters {
    private final long[] operations = new long[CloudOperation.values().length];
    private final long[] faults = new long[Fault.values().length];
    private long total;
    private long refusedFull;

    void operation(CloudOperation operation) {
        operations[operation.ordinal()]++;
        total++;
    }

    void fault(Fault fault) {
        faults[fault.ordinal()]++;
    }

    void full() {
        refusedFull++;
    }

    public long operations() {
        return total;
    }

    public long operations(CloudOperation operation) {
        return operations[operation.ordinal()];
    }

    public long faults(Fault fault) {
        return faults[fault.ordinal()];
    }

    /** Messages refused because their queue held as many as the simulation allows. */
    public long refusedFull() {
        return refusedFull;
    }

    public Map<Fault, Long> faults() {
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            counts.put(fault, faults[fault.ordinal()]);
        }
        return counts;
    }
}
