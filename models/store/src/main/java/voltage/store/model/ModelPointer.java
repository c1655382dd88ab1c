package voltage.store.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voltage.order.Lane;

/**
 * Which models a lane uses. The champion is data with a version and never part of a program: a deployment changes nothing of it.
 *
 * @param champion version that is traded on
 * @param challenger version that forecasts beside it and is only measured
 * @param former champions before this one, latest first
 * @param revision counts the changes; 0 where nothing has been chosen yet
 * @param by who changed it last
 * @param why the reason given
 * @param atNanos when, epoch nanoseconds UTC
 */
public record ModelPointer(
        Lane lane,
        Optional<String> champion,
        Optional<String> challenger,
        List<String> former,
        long revision,
        String by,
        String why,
        long atNanos) {
    private static final int MOST_FORMER = 20;

    public ModelPointer {
        former = List.copyOf(former);
    }

    /** Nothing chosen yet. */
    public static ModelPointer initial(Lane lane) {
        return new ModelPointer(lane, Optional.empty(), Optional.empty(), List.of(), 0, "", "", 0);
    }

    /** Another champion; it is no challenger any more. The present one can be come back to. */
    ModelPointer promoted(String version, Change change) {
        List<String> before = new ArrayList<>(former);
        champion.ifPresent(before::addFirst);
        return next(
                Optional.of(version),
                challenger.filter(other -> !other.equals(version)),
                before.subList(0, Math.min(before.size(), MOST_FORMER)),
                change);
    }

    /** The champion before; the present one is left to be found in the history. */
    ModelPointer rolledBack(Change change) {
        if (former.isEmpty()) {
            throw new IllegalStateException(
                    "lane " + lane.label() + " has had no champion before the present one; promote a version instead");
        }
        String before = former.getFirst();
        return next(
                Optional.of(before),
                challenger.filter(other -> !other.equals(before)),
                former.subList(1, former.size()),
                change);
    }

    /** Steps past a former champion that is broken, within one change. */
    ModelPointer withoutChampion() {
        return new ModelPointer(
                lane,
                Optional.of(former.getFirst()),
                challenger.filter(other -> !other.equals(former.getFirst())),
                former.subList(1, former.size()),
                revision,
                by,
                why,
                atNanos);
    }

    ModelPointer shadowing(Optional<String> version, Change change) {
        return next(champion, version, former, change);
    }

    private ModelPointer next(
            Optional<String> newChampion, Optional<String> newChallenger, List<String> newFormer, Change change) {
        return new ModelPointer(
                lane, newChampion, newChallenger, newFormer, revision + 1, change.by(), change.why(), change.atNanos());
    }

    /** Who changes something, why and when. */
    public record Change(String by, String why, long atNanos) {}
}
