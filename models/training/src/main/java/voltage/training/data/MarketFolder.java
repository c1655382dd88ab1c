package voltage.training.data;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import voltage.market.FixedPoint;

/** The markets of {@code kxbtc15m_markets/*.csv.gz}. */
public final class MarketFolder {
    private static final String FOLDER = "kxbtc15m_markets";
    private static final List<String> COLUMNS =
            List.of("ticker", "open_time", "close_time", "floor_strike", "expiration_value", "result");

    private MarketFolder() {}

    /**
     * All markets by closing time; empty without the folder. A strike that was not recorded is the settlement of the market that closed when
     * this one opened, if that was: Kalshi settles one and strikes the next with the same mean.
     *
     * @throws DamagedDataException at the first row that breaks a rule
     */
    public static List<RecordedMarket> read(Path data) {
        Map<String, RecordedMarket> byTicker = new HashMap<>();
        for (Path file : PackedTable.files(data, FOLDER)) {
            PackedTable.read(file, COLUMNS, row -> {
                RecordedMarket market = new RecordedMarket(
                        row.cell(0),
                        instantNanos(row.cell(1)),
                        instantNanos(row.cell(2)),
                        price(row.cell(3)),
                        price(row.cell(4)),
                        result(row.cell(5)));
                if (byTicker.putIfAbsent(market.ticker(), market) != null) {
                    throw new IllegalArgumentException("a market stands there once, was " + market.ticker() + " again");
                }
            });
        }
        Map<Long, Long> settledE4 = new HashMap<>();
        for (RecordedMarket market : byTicker.values()) {
            market.settlementE4().ifPresent(value -> settledE4.put(market.closeNanos(), value));
        }
        List<RecordedMarket> markets = new ArrayList<>();
        for (RecordedMarket market : byTicker.values()) {
            Long before = settledE4.get(market.openNanos());
            markets.add(market.strikeE4().isPresent() || before == null ? market : market.withStrikeE4(before));
        }
        markets.sort(Comparator.comparingLong(RecordedMarket::closeNanos).thenComparing(RecordedMarket::ticker));
        return List.copyOf(markets);
    }

    static long instantNanos(String text) {
        try {
            Instant instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time is like 2026-02-16T23:15:00Z, was \"" + text + "\"", e);
        }
    }

    private static OptionalLong price(String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long priceE4 = FixedPoint.parse(text, 4);
        if (priceE4 <= 0) {
            throw new IllegalArgumentException("a price of the index is above 0, was " + text);
        }
        return OptionalLong.of(priceE4);
    }

    static RecordedMarket.Result result(String text) {
        return switch (text) {
            case "yes" -> RecordedMarket.Result.YES;
            case "no" -> RecordedMarket.Result.NO;
            case "" -> RecordedMarket.Result.UNKNOWN;
            default -> throw new IllegalArgumentException("a result is yes, no or empty, was \"" + text + "\"");
        };
    }
}
