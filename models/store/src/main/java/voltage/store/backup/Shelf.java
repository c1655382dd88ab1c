package voltage.store.backup;

/** Where a backup is kept, and how long. */
public enum Shelf {
    /** At hand for a restore. */
    NEAR(7),
    /** For what is noticed late; the deployed bucket keeps it in a cheaper class. */
    FAR(30);

    private final int days;

    Shelf(int days) {
        this.days = days;
    }

    /** Days that a backup stays, its own among them. */
    public int days() {
        return days;
    }
}
