package voltage.spot;

/**
 * What a decoder has seen.
 *
 * @param frames frames read, malformed ones included
 * @param malformed frames that could not be read
 * @param ignored frames or rows of no interest
 * @param repeatedTrades trades dropped because they were seen before or told of the past
 * @param missingTrades trade ids that never came
 * @param lateCandles candle updates dropped because a newer one had begun
 * @param sequenceGaps frames missing by the connection's sequence number
 */
public record DecoderCounts(
        long frames,
        long malformed,
        long ignored,
        long repeatedTrades,
        long missingTrades,
        long lateCandles,
        long sequenceGaps) {}
