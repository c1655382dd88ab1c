package voltage.spot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.MarketEvent.SpotQuote;
import voltage.market.MarketEvent.SpotTrade;

/** A decoder under test and what it has emitted. Frames are received a millisecond apart. */
public final class Decoding {
    public static final long START_NANOS = 1_791_310_000_000_000_000L;

    public final List<MarketEvent> events = new ArrayList<>();
    private final FrameDecoder decoder;
    private long now = START_NANOS;

    public Decoding(FrameDecoder decoder) {
        this.decoder = decoder;
        connect();
    }

    public void connect() {
        decoder.connected(++now, events::add);
    }

    public void disconnect() {
        decoder.disconnected(++now, events::add);
    }

    /** Decodes and returns what this frame emitted. */
    public List<MarketEvent> frame(String frame) throws MalformedFrameException {
        byte[] padded = ("##" + frame + "##").getBytes(UTF_8);
        return frame(padded, 2, padded.length - 2);
    }

    public List<MarketEvent> frame(byte[] bytes, int from, int to) throws MalformedFrameException {
        now += 1_000_000;
        int before = events.size();
        decoder.frame(bytes, from, to, now, events::add);
        return List.copyOf(events.subList(before, events.size()));
    }

    public List<SpotTrade> trades() {
        return of(SpotTrade.class);
    }

    public List<SpotQuote> quotes() {
        return of(SpotQuote.class);
    }

    public List<SpotCandle> candles() {
        return of(SpotCandle.class);
    }

    public List<SpotCandle> closed() {
        return candles().stream().filter(SpotCandle::isClosed).toList();
    }

    private <T extends MarketEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** A file of {@code ../shared/data/frames}; the test is not run without it. */
    public static Path shared(String name) {
        Path file = Path.of(System.getProperty("voltage.shared", "../../../shared"), "data", "frames", name);
        Assumptions.assumeTrue(Files.exists(file), "not run: ../shared/data is absent");
        return file;
    }

    public static byte[] bytes(Path file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The received frames of a recording of one JSON object a line, under {@code data} or {@code raw}. */
    public static List<String> received(Path file) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), UTF_8))) {
            List<String> frames = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                byte[] bytes = line.getBytes(UTF_8);
                Json row = Json.parse(bytes, 0, bytes.length);
                Optional<Json> kind = row.find("t").or(() -> row.find("direction"));
                if (kind.isPresent() && kind.get().text().equals("recv")) {
                    frames.add(row.find("data")
                            .or(() -> row.find("raw"))
                            .orElseThrow()
                            .text());
                }
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedFrameException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }
}
