package voltage.local.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

/** What is officially known of markets: times, strikes, values, results. Filled from {@code kxbtc15m_markets} and the captures' index. */
final class MarketTable {
    /** When the exchange published the strike, after open, in the sample of kalshi.md. */
    private static final long STRIKE_AFTER_OPEN = 700_000_000L;

    private static final long DETERMINED_AFTER_CLOSE = 13 * Times.SECOND;
    private static final long SETTLED_AFTER_DETERMINED = Times.SECOND;
    private static final long EARLIEST_SETTLED_AFTER_CLOSE = 3 * Times.SECOND;

    /**
     * Crypto's shard today. The recordings are older than the shards, but what is tested with them is today's protocol.
     */
    private static final int CRYPTO_EXCHANGE_INDEX = 2;

    private record Row(
            String ticker,
            String eventTicker,
            long openNanos,
            long closeNanos,
            OptionalLong strikeE4,
            OptionalLong expirationValueE4,
            @Nullable Side result,
            OptionalLong settlementNanos) {}

    private record Hint(OptionalLong strikeE4, @Nullable Side result) {}

    private final Map<String, Row> byTicker = new HashMap<>();
    private final TreeMap<Long, Row> byOpen = new TreeMap<>();
    private final Map<String, Hint> hints = new HashMap<>();

    /** Reads a table of markets; where two files name the same market the first one counts. */
    void readMarkets(Path file, ImportProblems problems) throws IOException {
        try (CsvReader csv = new CsvReader(file)) {
            while (csv.next()) {
                try {
                    add(csv);
                } catch (IllegalArgumentException | DateTimeException e) {
                    problems.unreadable(file, csv.number(), String.valueOf(e.getMessage()));
                }
            }
            csv.broken().ifPresent(problems::add);
        }
    }

    /** Reads the markets' column of a captures' index: {@code TICKER:deltas:strike=S:result=R|...}. */
    void readIndex(Path file, ImportProblems problems) throws IOException {
        try (CsvReader csv = new CsvReader(file)) {
            while (csv.next()) {
                for (String part : csv.cell("markets").split("\\|", -1)) {
                    try {
                        addHint(part.split(":", -1));
                    } catch (IllegalArgumentException e) {
                        problems.unreadable(file, csv.number(), String.valueOf(e.getMessage()));
                    }
                }
            }
            csv.broken().ifPresent(problems::add);
        }
    }

    boolean isEmpty() {
        return byTicker.isEmpty();
    }

    /** The ticker of the market that is open at a time, by the table. */
    Optional<String> openAt(long nanos) {
        Map.Entry<Long, Row> entry = byOpen.floorEntry(nanos);
        return entry == null || nanos >= entry.getValue().closeNanos()
                ? Optional.empty()
                : Optional.of(entry.getValue().ticker());
    }

    /** A market with its whole fate; empty if its times or its result are unknown. */
    Optional<SessionMarket> market(String ticker) {
        Row row = byTicker.get(ticker);
        if (row == null) {
            return Optional.empty();
        }
        Hint hint = hints.get(ticker);
        Side result = row.result() != null || hint == null ? row.result() : hint.result();
        if (result == null) {
            return Optional.empty();
        }
        long settledNanos = row.settlementNanos().isPresent()
                ? Math.max(row.settlementNanos().getAsLong(), row.closeNanos() + EARLIEST_SETTLED_AFTER_CLOSE)
                : row.closeNanos() + DETERMINED_AFTER_CLOSE + SETTLED_AFTER_DETERMINED;
        return Optional.of(new SessionMarket(
                ticker,
                row.eventTicker(),
                ticker.substring(0, Math.max(0, ticker.indexOf('-'))),
                StrikeType.GREATER_OR_EQUAL,
                strikeE4(row),
                row.openNanos(),
                row.closeNanos(),
                row.openNanos() + STRIKE_AFTER_OPEN,
                expirationValueE4(row),
                result,
                settledNanos - SETTLED_AFTER_DETERMINED,
                settledNanos,
                TickGrid.TAPERED_DECI_CENT,
                CRYPTO_EXCHANGE_INDEX));
    }

    private OptionalLong strikeE4(Row row) {
        Hint hint = hints.get(row.ticker());
        return row.strikeE4().isPresent() || hint == null ? row.strikeE4() : hint.strikeE4();
    }

    private OptionalLong expirationValueE4(Row row) {
        if (row.expirationValueE4().isPresent()) {
            return row.expirationValueE4();
        }
        Row next = byOpen.get(row.closeNanos());
        return next == null ? OptionalLong.empty() : strikeE4(next);
    }

    private void add(CsvReader csv) {
        String ticker = csv.cell("ticker");
        if (ticker.isEmpty()) {
            throw new IllegalArgumentException("a market needs a ticker");
        }
        String event = csv.cell("event_ticker");
        Row row = new Row(
                ticker,
                event.isEmpty() ? ticker.substring(0, Math.max(0, ticker.lastIndexOf('-'))) : event,
                time(csv.cell("open_time")),
                time(csv.cell("close_time")),
                price(csv.cell("floor_strike")),
                price(csv.cell("expiration_value")),
                result(csv.cell("result")),
                csv.cell("settlement_ts").isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(time(csv.cell("settlement_ts"))));
        if (byTicker.putIfAbsent(ticker, row) == null) {
            byOpen.putIfAbsent(row.openNanos(), row);
        }
    }

    private void addHint(String[] parts) {
        OptionalLong strikeE4 = OptionalLong.empty();
        Side result = null;
        for (String part : parts) {
            if (part.startsWith("strike=")) {
                strikeE4 = price(part.substring("strike=".length()));
            } else if (part.startsWith("result=")) {
                result = result(part.substring("result=".length()));
            }
        }
        if (!parts[0].isEmpty()) {
            hints.putIfAbsent(parts[0], new Hint(strikeE4, result));
        }
    }

    private static long time(String text) {
        return Times.nanos(Instant.parse(text));
    }

    private static OptionalLong price(String text) {
        // Kalshi writes some settlement values with thousands separators.
        String digits = text.replace(",", "");
        return digits.isEmpty() || digits.equals("None")
                ? OptionalLong.empty()
                : OptionalLong.of(FixedPoint.parse(digits, 4));
    }

    private static @Nullable Side result(String text) {
        return switch (text) {
            case "yes" -> Side.YES;
            case "no" -> Side.NO;
            default -> null;
        };
    }
}
