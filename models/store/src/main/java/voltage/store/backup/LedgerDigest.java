package voltage.store.backup;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.store.json.AccountJson;

/**
 * A lane's books in short. Entries are only ever added, so the digest of the first so many of them stays what it is.
 *
 * @param entries from the first on
 * @param sha256 over their JSON, each after its length, in hexadecimal
 */
public record LedgerDigest(int entries, String sha256) {

    /** Of all lanes that have books. */
    static SortedMap<String, LedgerDigest> ofAll(Ledger ledger) {
        SortedMap<String, LedgerDigest> digests = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            List<LedgerEntry> entries = ledger.entries(lane, 0).entries();
            if (!entries.isEmpty()) {
                digests.put(lane.label(), of(entries));
            }
        }
        return digests;
    }

    /** Of the lane's first so many entries, or of all that there are if there are fewer. */
    static LedgerDigest ofFirst(Ledger ledger, Lane lane, int entries) {
        List<LedgerEntry> all = ledger.entries(lane, 0).entries();
        return of(all.subList(0, Math.min(entries, all.size())));
    }

    private static LedgerDigest of(List<LedgerEntry> entries) {
        MessageDigest digest = Checksums.sha256();
        for (LedgerEntry entry : entries) {
            byte[] bytes = AccountJson.write(entry);
            for (int shift = 24; shift >= 0; shift -= 8) {
                digest.update((byte) (bytes.length >> shift));
            }
            digest.update(bytes);
        }
        return new LedgerDigest(entries.size(), HexFormat.of().formatHex(digest.digest()));
    }
}
