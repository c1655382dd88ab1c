package voltage.store.lease;

/**
 * A lane's lease as it is stored. Every write changes {@code (epoch, beat)}, so who sees the same pair twice knows that nothing was
 * written in between. There is no time in it: each reader measures with its own clock.
 *
 * @param owner the process that holds it, or held it last; no two processes ever have the same name
 * @param epoch raised by one by each acquisition; the first is 1
 * @param beat raised by one by each renewal
 * @param released given back: whoever comes need not wait
 */
public record LeaseItem(String owner, long epoch, long beat, boolean released) {
    public LeaseItem {
        if (owner.isEmpty() || epoch <= 0 || beat < 0) {
            throw new IllegalArgumentException("a lease has an owner, an epoch from 1 and a beat from 0, was \"" + owner
                    + "\", " + epoch + ", " + beat);
        }
    }

    boolean isUnmovedSince(LeaseItem earlier) {
        return epoch == earlier.epoch && beat == earlier.beat;
    }
}
