package voltage.strategy;

/** What a strategy thinks; refilled on each evaluation. */
public final class Opinion {
    /** Stands for a probability or reading that there is none of. */
    public static final int NONE = Integer.MIN_VALUE;

    private int direction;
    private int probabilityYesE6 = NONE;
    private int readingE6 = NONE;

    public void none() {
        direction = 0;
        probabilityYesE6 = NONE;
        readingE6 = NONE;
    }

    /** A direction without a probability, and the reading behind it in millionths. */
    public void direction(int newDirection, int newReadingE6) {
        direction = newDirection;
        probabilityYesE6 = NONE;
        readingE6 = newReadingE6;
    }

    /** A probability of YES, strictly between 0 and 1; the one place where a model's double becomes an integer. */
    public void probability(double probabilityYes) {
        probabilityYesE6 = (int) Math.max(1, Math.min(999_999, StrictMath.rint(probabilityYes * 1e6)));
        readingE6 = probabilityYesE6;
        direction = 0;
    }

    /** +1 for up (YES), −1 for down (NO), 0 for neither. */
    public int direction() {
        return direction;
    }

    /** In millionths, or {@link #NONE}. */
    public int probabilityYesE6() {
        return probabilityYesE6;
    }

    /** The indicator's value in millionths, or {@link #NONE}. */
    public int readingE6() {
        return readingE6;
    }
}
