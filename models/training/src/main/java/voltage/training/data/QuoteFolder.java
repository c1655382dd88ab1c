package voltage.training.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The market's mids of {@code kxbtc15m_minute_quotes/*.csv.gz}. The column {@code final_volume} is known only after close, so it is not read
 * at all.
 */
public final class QuoteFolder {
    private static final String FOLDER = "kxbtc15m_minute_quotes";
    private static final List<String> COLUMNS =
            List.of("ticker", "minute_utc", "minutes_to_close", "p_up", "p_down", "outcome");
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** Both probabilities are rounded to four digits. */
    private static final double SUM_TOLERANCE = 2.5e-4;

    private QuoteFolder() {}

    /** What is known of a market while its rows are read. */
    private record Seen(long closeNanos, boolean outcome, Set<Integer> minutes) {}

    /**
     * All quotes in the order of time; empty without the folder.
     *
     * @param markets what is recorded of the same markets; a quote of one must close and end as that says
     * @throws DamagedDataException at the first row that breaks a rule
     */
    public static List<MinuteQuote> read(Path data, List<RecordedMarket> markets) {
        Map<String, RecordedMarket> recorded = new HashMap<>();
        markets.forEach(market -> recorded.put(market.ticker(), market));
        Map<String, Seen> seen = new HashMap<>();
        List<MinuteQuote> quotes = new ArrayList<>();
        for (Path file : PackedTable.files(data, FOLDER)) {
            PackedTable.read(file, COLUMNS, row -> {
                MinuteQuote quote = quote(row);
                check(
                        quote,
                        seen.computeIfAbsent(
                                quote.ticker(),
                                ticker -> new Seen(quote.closeNanos(), quote.outcome(), new TreeSet<>())));
                RecordedMarket market = recorded.get(quote.ticker());
                if (market != null) {
                    check(quote, market);
                }
                quotes.add(quote);
            });
        }
        quotes.sort(Comparator.comparingLong(MinuteQuote::atNanos).thenComparing(MinuteQuote::ticker));
        return List.copyOf(quotes);
    }

    private static MinuteQuote quote(PackedTable.Row row) {
        long at = MarketFolder.instantNanos(row.cell(1));
        int left = Integer.parseInt(row.cell(2));
        double up = Double.parseDouble(row.cell(3));
        double down = Double.parseDouble(row.cell(4));
        if (!(Math.abs(up + down - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException("p_up and p_down sum up to 1, was " + up + " and " + down);
        }
        return switch (MarketFolder.result(row.cell(5))) {
            case YES -> new MinuteQuote(row.cell(0), at + left * MINUTE_NANOS, at, left, up, true);
            case NO -> new MinuteQuote(row.cell(0), at + left * MINUTE_NANOS, at, left, up, false);
            case UNKNOWN -> throw new IllegalArgumentException("an outcome is yes or no, was empty");
        };
    }

    private static void check(MinuteQuote quote, Seen market) {
        if (quote.closeNanos() != market.closeNanos() || quote.outcome() != market.outcome()) {
            throw new IllegalArgumentException("all quotes of a market have its close and its outcome, "
                    + quote.ticker() + " was different at " + quote.minutesToClose() + " minutes");
        }
        if (!market.minutes().add(quote.minutesToClose())) {
            throw new IllegalArgumentException("a market has one quote a minute, " + quote.ticker()
                    + " was there again at " + quote.minutesToClose() + " minutes");
        }
    }

    private static void check(MinuteQuote quote, RecordedMarket market) {
        RecordedMarket.Result outcome = quote.outcome() ? RecordedMarket.Result.YES : RecordedMarket.Result.NO;
        if (quote.closeNanos() != market.closeNanos()
                || (market.result() != RecordedMarket.Result.UNKNOWN && market.result() != outcome)) {
            throw new IllegalArgumentException("a quote agrees with its recorded market on close and result, "
                    + quote.ticker() + " was " + outcome + " where " + market + " is recorded");
        }
    }
}
