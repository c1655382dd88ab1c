package voltage.local.session;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import voltage.market.Venue;

/**
 * What {@code session.json} says. Holds nothing about the moment of the import, so that importing twice gives the same bytes.
 *
 * @param name the first frame's time, for example {@code 20260513T230110Z}
 * @param capture file name of the recording
 * @param startNanos receive time of the first frame
 * @param recordedUntilNanos receive time of the last frame: no event is later
 * @param endNanos when the last market is settled, or the end of the recording if that is later
 * @param markets by close time
 * @param venues venues with prints or candles here
 * @param missing what the recording lacks, in words
 * @param counts numbers of frames and events, by name
 * @param inputs SHA-256 of every input file, by path inside the imported folder
 */
record SessionManifest(
        String name,
        String capture,
        long startNanos,
        long recordedUntilNanos,
        long endNanos,
        List<SessionMarket> markets,
        Set<Venue> venues,
        List<String> missing,
        SortedMap<String, Long> counts,
        SortedMap<String, String> inputs) {}
