package voltage.local.session;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides where a capture is cut into sessions: where nothing at all was received for more than 60 seconds and what follows does not
 * continue what came before, because the market changed, the connection is new or the sequence number jumped. A ticker of the same
 * market says neither, so frames after such a silence wait until one decides.
 */
final class CaptureSplitter {
    private static final long SILENCE = 60 * Times.SECOND;

    /** Tickers come once a second: after so many without any book frame there is nothing to continue. */
    private static final int MAX_UNDECIDED = 600;

    enum Verdict {
        /** The waiting frames belong to the session. */
        CONTINUES,
        /** The waiting frames begin a new session. */
        BEGINS,
        UNDECIDED
    }

    private final List<CaptureFrame> waiting = new ArrayList<>();
    private String market = "";
    private long lastNanos;

    /**
     * Takes the next frame, which joins the waiting ones.
     *
     * @param current the session so far
     */
    Verdict take(CaptureFrame frame, SessionRecorder current) {
        boolean silent = frame.receivedNanos() - lastNanos > SILENCE && lastNanos > 0;
        waiting.add(frame);
        Verdict verdict = silent || waiting.size() > 1 ? decide(frame, current) : Verdict.CONTINUES;
        lastNanos = Math.max(lastNanos, frame.receivedNanos());
        if (verdict != Verdict.UNDECIDED && !frame.ticker().isEmpty()) {
            market = frame.ticker();
        }
        return verdict;
    }

    /** Hands the waiting frames out. */
    List<CaptureFrame> release() {
        List<CaptureFrame> frames = List.copyOf(waiting);
        waiting.clear();
        return frames;
    }

    private Verdict decide(CaptureFrame frame, SessionRecorder current) {
        if (frame.kind() == CaptureFrame.Kind.CONNECTED
                || !frame.ticker().isEmpty() && !frame.ticker().equals(market)
                || waiting.size() > MAX_UNDECIDED) {
            return Verdict.BEGINS;
        }
        if (frame.sequence() < 0) {
            return Verdict.UNDECIDED;
        }
        return current.continues(frame) ? Verdict.CONTINUES : Verdict.BEGINS;
    }
}
