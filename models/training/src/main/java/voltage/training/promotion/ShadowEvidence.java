package voltage.training.promotion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;
import voltage.market.MarketEvent;

/** Pairs what champion and challenger forecast live with what became of the price. */
public final class ShadowEvidence {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long QUARTER_MINUTES = 15;

    private ShadowEvidence() {}

    /** An event as its name tells it. */
    private record Event(int horizonMinutes, double threshold) {
        static Event of(String name) {
            String[] parts = name.split("-", -1);
            if (parts.length != 3 || !parts[1].endsWith("m") || !parts[2].endsWith("bp")) {
                throw new IllegalArgumentException("an event is called event-15m-20bp, was \"" + name + "\"");
            }
            return new Event(
                    Integer.parseInt(parts[1].substring(0, parts[1].length() - 1)),
                    Double.parseDouble(parts[2].substring(0, parts[2].length() - 2)) * 1e-4);
        }
    }

    /** What one set said at the end of a minute. */
    private record Said(Map<String, Double> probabilities) {
        static Said of(MarketEvent.Forecast forecast) {
            Map<String, Double> probabilities = new HashMap<>();
            forecast.events().forEach(event -> probabilities.put(event.event(), event.probabilityE6() / 1e6));
            return new Said(probabilities);
        }
    }

    /**
     * Weighs what two versions said at the quarter-hours.
     *
     * @param minutes closed minutes of one venue, in order
     * @param forecasts of all sets, as the journal has them
     * @param failures of all sets
     */
    public static PromotionEvidence of(
            String champion,
            String challenger,
            List<Candle> minutes,
            List<MarketEvent.Forecast> forecasts,
            List<MarketEvent.ForecastFailed> failures,
            int trials) {
        Map<Long, Long> closesE4 = new HashMap<>();
        minutes.stream()
                .filter(minute -> !minute.isSynthetic())
                .forEach(minute -> closesE4.put(minute.openNanos() / MINUTE_NANOS + 1, minute.closeE4()));
        Map<Long, Said> before = new HashMap<>();
        Map<Long, Said> after = new HashMap<>();
        for (MarketEvent.Forecast forecast : forecasts) {
            long end = forecast.untilNanos() / MINUTE_NANOS;
            // The first word on a minute is the one that was decided on.
            if (forecast.model().equals(champion)) {
                before.putIfAbsent(end, Said.of(forecast));
            } else if (forecast.model().equals(challenger)) {
                after.putIfAbsent(end, Said.of(forecast));
            }
        }
        List<Long> both = after.keySet().stream()
                .filter(end -> end % QUARTER_MINUTES == 0 && before.containsKey(end))
                .sorted()
                .toList();
        List<PairedForecasts> paired = new ArrayList<>();
        for (String name : names(after)) {
            paired.add(pair(name, both, before, after, closesE4));
        }
        // By minute, and only where the champion answered: what fails both is no fault of the challenger.
        Set<Long> unanswered = failures.stream()
                .filter(failed -> failed.model().equals(challenger))
                .map(failed -> failed.exchangeNanos() / MINUTE_NANOS)
                .filter(end -> before.containsKey(end) && !after.containsKey(end))
                .collect(Collectors.toSet());
        long answered = after.keySet().stream().filter(before::containsKey).count();
        return PromotionEvidence.of(
                PromotionEvidence.Kind.SHADOW,
                champion,
                challenger,
                paired,
                answered + unanswered.size(),
                unanswered.size(),
                trials);
    }

    private static List<String> names(Map<Long, Said> said) {
        return said.values().stream()
                .flatMap(each -> each.probabilities().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** One resolved instant. */
    private record Resolved(long endMinute, double champion, double challenger, double change) {}

    private static PairedForecasts pair(
            String name, List<Long> ends, Map<Long, Said> before, Map<Long, Said> after, Map<Long, Long> closesE4) {
        Event event = Event.of(name);
        List<Resolved> resolved = new ArrayList<>();
        for (long end : ends) {
            @Nullable Double champion = said(before, end, name);
            @Nullable Double challenger = said(after, end, name);
            @Nullable Long from = closesE4.get(end);
            @Nullable Long to = closesE4.get(end + event.horizonMinutes());
            if (champion != null && challenger != null && from != null && to != null) {
                resolved.add(new Resolved(end, champion, challenger, StrictMath.log((double) to / from)));
            }
        }
        int n = resolved.size();
        boolean[] labels = new boolean[n];
        for (int i = 0; i < n; i++) {
            labels[i] = Math.abs(resolved.get(i).change()) > event.threshold();
        }
        return new PairedForecasts(
                name,
                resolved.stream().mapToDouble(Resolved::champion).toArray(),
                resolved.stream().mapToDouble(Resolved::challenger).toArray(),
                labels,
                resolved.stream()
                        .mapToLong(each -> each.endMinute() * MINUTE_NANOS)
                        .toArray());
    }

    private static @Nullable Double said(Map<Long, Said> all, long end, String name) {
        Said said = all.get(end);
        return said == null ? null : said.probabilities().get(name);
    }
}
