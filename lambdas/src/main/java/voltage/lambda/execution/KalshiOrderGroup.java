package voltage.lambda.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import voltage.kalshi.rest.KalshiError;
import voltage.kalshi.rest.KalshiException;
import voltage.kalshi.rest.KalshiOrderGroups;
import voltage.kalshi.rest.OrderAnswers.Done;
import voltage.kalshi.rest.Outcome;
import voltage.kalshi.rest.Priority;
import voltage.market.FixedPoint;

/**
 * The lane's order group at Kalshi. Its id is kept in the process only: it is found again by listing. Groups have no names, so the one
 * with our limit is preferred, and one with another is given ours rather than making a further one.
 */
final class KalshiOrderGroup implements OrderGroup {
    private final KalshiOrderGroups groups;
    private final int exchangeIndex;
    private volatile String id = "";

    KalshiOrderGroup(KalshiOrderGroups groups, int exchangeIndex) {
        this.groups = groups;
        this.exchangeIndex = exchangeIndex;
    }

    /** Empty text as long as it is not known. */
    String id() {
        return id;
    }

    /** It is not there any more: the next entry finds or makes another. */
    void forget() {
        id = "";
    }

    @Override
    public boolean isKnown() {
        return !id.isEmpty();
    }

    @Override
    public Answer obtain(long limitE2) {
        if (isKnown()) {
            return new Answer.Done("order group " + id);
        }
        try {
            Optional<KalshiOrderGroups.OrderGroup> found = ours(Priority.ENTRY).stream()
                    .min(Comparator.<KalshiOrderGroups.OrderGroup, Boolean>comparing(
                                    group -> group.limitE2() != limitE2)
                            .thenComparing(KalshiOrderGroups.OrderGroup::id));
            if (found.isEmpty()) {
                return create(limitE2);
            }
            String there = found.get().id();
            if (found.get().limitE2() != limitE2) {
                String why = why(groups.limit(there, limitE2, exchangeIndex));
                if (!why.isEmpty()) {
                    return new Answer.Failed("the limit of order group " + there + " could not be set: " + why);
                }
            }
            id = there;
            return new Answer.Done("order group " + there);
        } catch (KalshiException e) {
            return unlisted(e);
        }
    }

    private Answer create(long limitE2) {
        return switch (groups.create(limitE2, exchangeIndex)) {
            case Outcome.Accepted<KalshiOrderGroups.CreatedGroup> made -> {
                id = made.answer().orderGroupId();
                yield new Answer.Done(
                        "order group " + id + " of " + FixedPoint.format(limitE2, 2) + " contracts in 15 s is new");
            }
            case Outcome.Rejected<KalshiOrderGroups.CreatedGroup> no ->
                new Answer.Failed("no order group could be made: " + KalshiExchange.detail(no.error()));
            // It is in the next list if it was made.
            case Outcome.Unknown<KalshiOrderGroups.CreatedGroup> lost ->
                new Answer.Failed("no order group is known to have been made: " + lost.cause());
        };
    }

    @Override
    public Answer trigger() {
        return all(Priority.CANCEL, "closed", there -> groups.trigger(there, exchangeIndex));
    }

    @Override
    public Answer reset() {
        return all(Priority.EXIT, "open", there -> groups.reset(there, exchangeIndex));
    }

    /** Each of them, whatever becomes of the others. */
    private Answer all(Priority priority, String how, Function<String, Outcome<Done>> change) {
        Set<String> ids = new TreeSet<>();
        String known = id;
        if (!known.isEmpty()) {
            ids.add(known);
        }
        try {
            ours(priority).forEach(group -> ids.add(group.id()));
        } catch (KalshiException e) {
            if (ids.isEmpty()) {
                return unlisted(e);
            }
            // The one that is used is known without the list.
        }
        String failed = "";
        for (String there : ids) {
            Outcome<Done> outcome = change.apply(there);
            if (isGone(outcome)) {
                forget();
            } else if (!(outcome instanceof Outcome.Accepted)) {
                failed = "order group " + there + " is not known to be " + how + ": " + why(outcome);
            }
        }
        return failed.isEmpty()
                ? new Answer.Done(
                        ids.isEmpty()
                                ? "there is no order group"
                                : "order group " + String.join(", ", ids) + ": " + how)
                : new Answer.Failed(failed);
    }

    private static boolean isGone(Outcome<Done> outcome) {
        return outcome instanceof Outcome.Rejected<Done> no && no.error().code() == KalshiError.Code.NOT_FOUND;
    }

    private List<KalshiOrderGroups.OrderGroup> ours(Priority priority) throws KalshiException {
        return groups.list(priority).stream()
                .filter(group -> group.exchangeIndex() == exchangeIndex)
                .toList();
    }

    private static Answer unlisted(KalshiException e) {
        return new Answer.Failed("the order groups could not be listed: " + e.getMessage());
    }

    /** Empty text if it was done. */
    private static String why(Outcome<Done> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<Done> done -> "";
            case Outcome.Rejected<Done> no -> KalshiExchange.detail(no.error());
            case Outcome.Unknown<Done> lost -> lost.cause();
        };
    }
}
