package voltage.kalshi.stream;

import java.util.List;

/** Books that cannot be continued: ask for them with {@link StreamCommands#getSnapshot}. */
public record Resync(long sid, List<String> tickers) {
    public Resync {
        tickers = List.copyOf(tickers);
    }
}
