package voltage.local.bench;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import voltage.market.Feed;
import voltage.store.journal.Kind;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;

/**
 * An endless stream of deltas in the middle of a session: the level of a recorded delta gains a contract and loses it again, with
 * sequence numbers that go on. Time stands still, so no second is told and nothing is recorded: the steady state.
 */
public final class SteadyDeltas {
    private static final Pattern SEQUENCE = Pattern.compile("\"seq\":(\\d+)");
    private static final Pattern CHANGE = Pattern.compile("\"delta_fp\":\"([^\"]+)\"");

    private final Pipeline pipeline = new Pipeline(output -> {}, event -> {}, LatencyProbe.off());
    private final String recorded;
    private final long receivedNanos;
    private byte[] up = {};
    private byte[] down = {};
    private int digitsFrom;
    private int digitsTo;
    private long sequence;
    private boolean isUp;

    /** Plays a journal up to its middle. */
    SteadyDeltas(Frames frames) {
        Frames.Frame last = null;
        int middle = frames.all().size() / 3;
        for (int i = 0; i < frames.all().size(); i++) {
            Frames.Frame frame = frames.all().get(i);
            frame.to(pipeline);
            if (i >= middle && frame.isDelta() && !frame.text().contains("\"delta_fp\":\"-")) {
                last = frame;
                break;
            }
        }
        if (last == null) {
            throw new IllegalStateException("the session has no delta that adds to a level in its second two thirds");
        }
        recorded = last.text();
        receivedNanos = last.receivedNanos();
        Matcher matcher = SEQUENCE.matcher(recorded);
        if (!matcher.find()) {
            throw new IllegalStateException("a delta has a sequence number, was " + recorded);
        }
        sequence = Long.parseLong(matcher.group(1));
        write(sequence + 1);
    }

    private void write(long next) {
        up = frame(next, "1.00");
        down = frame(next, "-1.00");
        Matcher matcher = SEQUENCE.matcher(new String(up, StandardCharsets.UTF_8));
        if (matcher.find()) {
            digitsFrom = matcher.start(1);
            digitsTo = matcher.end(1);
        }
    }

    private byte[] frame(long next, String change) {
        String text = SEQUENCE.matcher(recorded).replaceFirst("\"seq\":" + next);
        return CHANGE.matcher(text)
                .replaceFirst("\"delta_fp\":\"" + change + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One delta through the pipeline. Writing its number costs a few nanoseconds, which count as the pipeline's. */
    public long next() {
        sequence++;
        isUp = !isUp;
        byte[] bytes = isUp ? up : down;
        long rest = sequence;
        for (int i = digitsTo - 1; i >= digitsFrom; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        if (rest > 0) {
            write(sequence);
            bytes = isUp ? up : down;
        }
        pipeline.record(Feed.KALSHI_STREAM, Kind.FRAME, sequence, receivedNanos, bytes, 0, bytes.length);
        return sequence;
    }

    /** Deltas that were dropped because a book was damaged: more than 0 means that nothing was measured. */
    long dropped() {
        return pipeline.decoders().kalshiStream().droppedDeltas()
                + pipeline.decoders().kalshiStream().slowDeltas();
    }
}
