package voltage.worker.pipeline;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.rest.KalshiRestDecoder;
import voltage.kalshi.stream.KalshiStreamDecoder;
import voltage.market.FrameDecoder;
import voltage.spot.DecoderCounts;
import voltage.spot.SpotDecoder;
import voltage.spot.kraken.KrakenStreamDecoder;

/** What a decoder counted that an operator should know of: a protocol that changes, data that are lost, a venue that refuses. */
final class DecoderSigns {
    private final StringJoiner text = new StringJoiner(", ");

    private DecoderSigns() {}

    /** Empty if there is nothing to say. */
    static String of(@Nullable FrameDecoder decoder) {
        DecoderSigns signs = new DecoderSigns();
        if (decoder instanceof KalshiStreamDecoder stream) {
            signs.stream(stream);
        } else if (decoder instanceof KalshiRestDecoder rest) {
            signs.add(rest.unknownFrames(), "unknown answers");
        } else if (decoder instanceof SpotDecoder spot) {
            signs.spot(spot);
        }
        return signs.text.toString();
    }

    private void stream(KalshiStreamDecoder stream) {
        add(stream.damagedBooks(), "damaged books");
        add(stream.errorFrames(), "errors");
        add(stream.unknownFrames(), "unknown frames");
        add(stream.unknownFields(), "unknown fields");
        add(stream.slowDeltas(), "deltas of another form");
        add(stream.undecidedResults(), "results neither yes nor no");
    }

    private void spot(SpotDecoder spot) {
        spot.refusal().ifPresent(reason -> text.add("refused: " + reason));
        DecoderCounts counts = spot.counts();
        add(counts.sequenceGaps(), "frames missing");
        add(counts.missingTrades(), "trades missing");
        add(counts.lateCandles(), "late candles");
        if (spot instanceof KrakenStreamDecoder kraken) {
            add(kraken.checksumFailures(), "wrong checksums");
        }
    }

    private void add(long count, String what) {
        if (count > 0) {
            text.add(count + " " + what);
        }
    }
}
