package voltage.local.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes small recordings up, shaped like {@code ../shared/data}. */
final class CaptureFixture {
    static final String FIRST = "KXBTC15M-26MAY011015-15";
    static final String SECOND = "KXBTC15M-26MAY011030-30";
    static final long OPEN = Times.nanos(Instant.parse("2026-05-01T14:00:00Z"));

    private final Path data;
    private final List<String> lines = new ArrayList<>();

    CaptureFixture(Path data) {
        this.data = data;
    }

    /** Markets, ticks and candles around {@link #OPEN}. */
    CaptureFixture withEverything() throws IOException {
        write("kxbtc15m_markets/m.csv.gz", """
                ticker,event_ticker,open_time,close_time,floor_strike,floor_strike_kind,expiration_value,expiration_value_kind,result,result_sources,settlement_ts
                KXBTC15M-26MAY011015-15,KXBTC15M-26MAY011015,2026-05-01T14:00:00Z,2026-05-01T14:15:00Z,80000.5,official,,,no,x,
                KXBTC15M-26MAY011030-30,KXBTC15M-26MAY011030,2026-05-01T14:15:00Z,2026-05-01T14:30:00Z,79990.25,official,"",,yes,x,2026-05-01T14:30:01Z
                """.replace("\"\"", ""));
        StringBuilder ticks = new StringBuilder("trade_id,exchange_ts,recv_ns,price,type\n");
        ticks.append("6,2026-05-01T14:00:00.000000+00:00,%d,79999.00,last_match\n".formatted(OPEN + 2));
        ticks.append("7,2026-05-01T14:00:00.900000+00:00,%d,80001.25,match\n".formatted(OPEN - Times.SECOND));
        ticks.append("8,2026-05-01T14:00:05.100000+00:00,%d,80002.5,match\n".formatted(OPEN + 5 * Times.SECOND));
        ticks.append("8,2026-05-01T14:00:05.100000+00:00,%d,80002.5,match\n".formatted(OPEN + 5 * Times.SECOND));
        ticks.append("9,2026-05-01T14:01:30.000000+00:00,%d,80003.75,match\n".formatted(OPEN + 90 * Times.SECOND));
        write("coinbase_ticks_2026-05/t.csv.gz", ticks.toString());
        write("btc_1m/a.csv.gz", candles(-3, 2, ""));
        // The second file repeats two minutes and knows more about them.
        write("btc_1m/b.csv.gz", candles(1, 4, "17"));
        return this;
    }

    private static String candles(int from, int to, String trades) {
        StringBuilder out = new StringBuilder("open_time_ms,open,high,low,close,volume,quote_volume,trades,source\n");
        for (int minute = from; minute <= to; minute++) {
            long openMs = (OPEN + minute * Times.MINUTE) / 1_000_000;
            out.append("%d,80000.00000000,80010.00000000,79990.00000000,8000%d.00000000,1.50000000,,%s,x\n"
                    .formatted(openMs, minute + 3, trades));
        }
        return out.toString();
    }

    CaptureFixture connected(long afterOpen, String ticker) {
        return line(afterOpen, "{\"_control\":\"ws_connected\",\"market_ticker\":\"%s\"}".formatted(ticker));
    }

    CaptureFixture snapshot(long afterOpen, String ticker, long sequence) {
        return line(
                afterOpen,
                "{\"type\":\"orderbook_snapshot\",\"sid\":2,\"seq\":%d,\"msg\":{\"market_ticker\":\"%s\",\"no_dollars_fp\":[[\"0.4500\",\"10.50\"]],\"yes_dollars_fp\":[[\"0.0010\",\"3.00\"],[\"0.5000\",\"20.00\"]]}}"
                        .formatted(sequence, ticker));
    }

    CaptureFixture emptySnapshot(long afterOpen, String ticker, long sequence) {
        return line(
                afterOpen,
                "{\"type\":\"orderbook_snapshot\",\"sid\":2,\"seq\":%d,\"msg\":{\"market_ticker\":\"%s\"}}"
                        .formatted(sequence, ticker));
    }

    CaptureFixture delta(long afterOpen, String ticker, long sequence) {
        return line(
                afterOpen,
                "{\"type\":\"orderbook_delta\",\"sid\":2,\"seq\":%d,\"msg\":{\"delta_fp\":\"-1.25\",\"market_ticker\":\"%s\",\"price_dollars\":\"0.5000\",\"side\":\"yes\",\"ts\":\"2026-05-01T14:00:03.123456Z\",\"ts_ms\":1}}"
                        .formatted(sequence, ticker));
    }

    CaptureFixture ticker(long afterOpen, String ticker) {
        return line(
                afterOpen,
                "{\"type\":\"ticker\",\"sid\":1,\"msg\":{\"last_trade_size_fp\":\"2.39\",\"market_ticker\":\"%s\",\"open_interest_fp\":\"166.38\",\"price_dollars\":\"0.5100\",\"time\":\"2026-05-01T14:00:04.60694Z\",\"ts\":1778677200,\"ts_ms\":1778677200606,\"volume_fp\":\"275.78\"}}"
                        .formatted(ticker));
    }

    CaptureFixture raw(String line) {
        lines.add(line);
        return this;
    }

    private CaptureFixture line(long afterOpen, String frame) {
        return raw("{\"recv_ns\":%d,\"frame\":%s}".formatted(OPEN + afterOpen, frame));
    }

    /** Writes the lines so far as a capture and begins the next one. */
    CaptureFixture capture(String name) throws IOException {
        write("kalshi_ws_2026-05/" + name, String.join("\n", lines) + "\n");
        lines.clear();
        return this;
    }

    /** As {@link #capture}, of which only a part of the compressed bytes is there. */
    CaptureFixture truncatedCapture(String name, double part) throws IOException {
        capture(name);
        Path file = data.resolve("kalshi_ws_2026-05/" + name);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
        return this;
    }

    void write(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (name.endsWith(".gz")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(bytes);
            }
            bytes = packed.toByteArray();
        }
        Files.write(file, bytes);
    }
}
