package voltage.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Delta debugging: leaves out faults, in ever smaller chunks, as long as the rest still breaks the rule. */
final class Shrinker {
    private final Predicate<List<PlannedFault>> breaks;
    private int triesLeft;

    /**
     * @param breaks plays with these faults and says whether the same rule is broken again
     * @param tries plays at most
     */
    Shrinker(Predicate<List<PlannedFault>> breaks, int tries) {
        this.breaks = breaks;
        triesLeft = tries;
    }

    List<PlannedFault> shrink(List<PlannedFault> faults) {
        List<PlannedFault> smallest = faults;
        if (triesLeft-- > 0 && breaks.test(List.of())) {
            return List.of();
        }
        for (int chunk = Math.max(1, faults.size() / 2); chunk >= 1; chunk = chunk == 1 ? 0 : (chunk + 1) / 2) {
            for (int from = 0; from < smallest.size() && triesLeft > 0; ) {
                List<PlannedFault> fewer = new ArrayList<>(smallest);
                fewer.subList(from, Math.min(smallest.size(), from + chunk)).clear();
                triesLeft--;
                if (breaks.test(fewer)) {
                    smallest = List.copyOf(fewer);
                } else {
                    from += chunk;
                }
            }
        }
        return smallest;
    }
}
