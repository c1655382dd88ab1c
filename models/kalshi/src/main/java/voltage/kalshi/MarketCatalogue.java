package voltage.kalshi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.MarketReader.StrikeChange;
import voltage.market.FeeSchedule;
import voltage.market.MarketDefinition;
import voltage.market.MarketKey;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

/**
 * What is known of the markets, put together from REST and the stream, each of which tells only a part: REST defines markets but lags,
 * the stream is prompt but sends a strike without its definition. Shared by both decoders of an engine; used by one thread.
 */
public final class MarketCatalogue {
    private static final int MAX_MARKETS = 32_768;
    private static final int MAX_FEES = 4_096;

    private final Set<String> series;
    private final FeeSchedule defaultFees;
    private final Map<String, MarketDefinition> byTicker = bounded(MAX_MARKETS);
    private final Map<String, StrikeChange> earlyStrikes = bounded(MAX_MARKETS);
    private final Map<String, FeeSchedule> feesBySeries = bounded(MAX_FEES);
    private final Map<String, FeeSchedule> feesByEvent = bounded(MAX_FEES);
    private final Map<String, Side> results = bounded(MAX_MARKETS);
    private final Map<String, Boolean> settled = bounded(MAX_MARKETS);
    private final Map<String, String> expirationValues = bounded(MAX_MARKETS);

    /**
     * @param series the series of interest, for example {@code KXBTC15M}; empty for all. The life-cycle channel cannot be filtered
     *     and tells of every market of the exchange.
     * @param defaultFees what a series charges as long as nothing was read about it, and the rounding units of every schedule
     */
    public MarketCatalogue(Set<String> series, FeeSchedule defaultFees) {
        this.series = Set.copyOf(series);
        this.defaultFees = defaultFees;
    }

    /** Every series, with the usual fees. */
    public static MarketCatalogue ofAllSeries() {
        return new MarketCatalogue(Set.of(), FeeSchedule.QUADRATIC);
    }

    /** Whether a market or event is of a series of interest. */
    public boolean wants(String ticker) {
        return series.isEmpty() || series.contains(MarketReader.seriesOf(ticker));
    }

    public Optional<MarketDefinition> definition(String ticker) {
        return Optional.ofNullable(byTicker.get(ticker));
    }

    /** The settlement value as Kalshi wrote it ({@code "77,362.10"}), in ten-thousandths of a dollar; empty before determination. */
    public OptionalLong expirationValueE4(String ticker) {
        String text = expirationValues.get(ticker);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(voltage.market.FixedPoint.parse(text.replace(",", ""), 4));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    public void expirationValue(String ticker, String text) {
        if (!text.isEmpty()) {
            expirationValues.put(ticker, text);
        }
    }

    /** The fees of an event: its override, else its series', else the default. */
    public FeeSchedule fees(String eventTicker, String seriesTicker) {
        FeeSchedule override = feesByEvent.get(eventTicker);
        return override != null ? override : feesBySeries.getOrDefault(seriesTicker, defaultFees);
    }

    /**
     * Takes in a definition. Strikes already known are kept where it has none, because REST lags behind the stream.
     *
     * @return what is now known, or null if that is nothing new
     */
    public @Nullable MarketDefinition list(MarketDefinition definition) {
        MarketDefinition known = byTicker.get(definition.ticker());
        MarketDefinition merged = definition;
        if (known != null) {
            merged = merged.withStrikes(
                    or(merged.floorStrikeE4(), known.floorStrikeE4()), or(merged.capStrikeE4(), known.capStrikeE4()));
        }
        StrikeChange early = earlyStrikes.remove(definition.ticker());
        if (early != null) {
            merged = merged.withStrikes(
                    or(merged.floorStrikeE4(), early.floorE4()), or(merged.capStrikeE4(), early.capE4()));
        }
        return put(merged);
    }

    /** Strikes from the stream; kept until the definition comes if there is none yet. */
    public @Nullable MarketDefinition strikes(String ticker, StrikeChange change) {
        MarketDefinition known = byTicker.get(ticker);
        if (known == null) {
            if (!change.isEmpty()) {
                earlyStrikes.put(ticker, change);
            }
            return null;
        }
        StrikeType type = change.type() == null ? known.strikeType() : change.type();
        return put(new MarketDefinition(
                known.key(),
                known.eventTicker(),
                known.seriesTicker(),
                type,
                or(change.floorE4(), known.floorStrikeE4()),
                or(change.capE4(), known.capStrikeE4()),
                known.openNanos(),
                known.closeNanos(),
                known.grid(),
                known.fees(),
                known.exchangeIndex()));
    }

    /** A new close time; ignored for a market that is not known or that would close before it opens. */
    public @Nullable MarketDefinition closes(String ticker, long closeNanos) {
        MarketDefinition known = byTicker.get(ticker);
        if (known == null || closeNanos <= known.openNanos()) {
            return null;
        }
        return put(with(known, closeNanos, known.grid(), known.fees()));
    }

    public @Nullable MarketDefinition grid(String ticker, TickGrid grid) {
        MarketDefinition known = byTicker.get(ticker);
        return known == null ? null : put(with(known, known.closeNanos(), grid, known.fees()));
    }

    /** What a series charges; returns the definitions that this changed. */
    public List<MarketDefinition> seriesFees(String seriesTicker, String feeType, BigDecimal multiplier) {
        feesBySeries.put(seriesTicker, FeeTypes.schedule(defaultFees, feeType, multiplier));
        return refreshFees(definition -> definition.seriesTicker().equals(seriesTicker));
    }

    /** An event's override, or null for none any more; returns the definitions that this changed. */
    public List<MarketDefinition> eventFees(String eventTicker, @Nullable String feeType, BigDecimal multiplier) {
        if (feeType == null) {
            feesByEvent.remove(eventTicker);
        } else {
            feesByEvent.put(eventTicker, FeeTypes.schedule(defaultFees, feeType, multiplier));
        }
        return refreshFees(definition -> definition.eventTicker().equals(eventTicker));
    }

    /** Whether this result is news: the first one, or another one than before (a result may be amended). */
    public boolean determined(MarketKey market, Side result) {
        return results.put(market.ticker(), result) != result;
    }

    /** Whether the market had not settled before. */
    public boolean settled(MarketKey market) {
        return settled.put(market.ticker(), Boolean.TRUE) == null;
    }

    private List<MarketDefinition> refreshFees(java.util.function.Predicate<MarketDefinition> concerned) {
        List<MarketDefinition> changed = new ArrayList<>();
        for (MarketDefinition known : List.copyOf(byTicker.values())) {
            if (concerned.test(known)) {
                FeeSchedule fees = fees(known.eventTicker(), known.seriesTicker());
                MarketDefinition news = put(with(known, known.closeNanos(), known.grid(), fees));
                if (news != null) {
                    changed.add(news);
                }
            }
        }
        return changed;
    }

    private @Nullable MarketDefinition put(MarketDefinition definition) {
        return definition.equals(byTicker.put(definition.ticker(), definition)) ? null : definition;
    }

    private static MarketDefinition with(MarketDefinition known, long closeNanos, TickGrid grid, FeeSchedule fees) {
        return new MarketDefinition(
                known.key(),
                known.eventTicker(),
                known.seriesTicker(),
                known.strikeType(),
                known.floorStrikeE4(),
                known.capStrikeE4(),
                known.openNanos(),
                closeNanos,
                grid,
                fees,
                known.exchangeIndex());
    }

    private static OptionalLong or(OptionalLong first, OptionalLong second) {
        return first.isPresent() ? first : second;
    }

    /** A map that forgets its oldest entry beyond {@code max}: months of markets, and a bound against a flood. */
    private static <V> Map<String, V> bounded(int max) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > max;
            }
        };
    }
}
