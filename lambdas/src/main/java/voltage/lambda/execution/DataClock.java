package voltage.lambda.execution;

/** Knows how far the exchange's reads lag behind what has happened there, so that nothing is concluded from older data. */
final class DataClock {
    private final LaneDesk desk;

    DataClock(LaneDesk desk) {
        this.desk = desk;
    }

    /** Waits, within bounds, until the data hold everything that had happened when it was called, and {@code marginNanos} more. */
    boolean awaitNow(long marginNanos) {
        return awaitFresh(desk.exchange.latestNowNanos() + marginNanos);
    }

    /**
     * Waits, within bounds, until the data have moved past a moment. That they move is not enough: reads may lag by more than they move
     * while we wait. Should our clock be ahead, nothing is concluded.
     *
     * @throws ExchangeUnavailableException if it does not say
     */
    boolean awaitFresh(long startNanos) {
        for (int i = 0; i < desk.settings.asks(); i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            if (desk.exchange.userDataNanos() >= startNanos) {
                return true;
            }
        }
        return false;
    }
}
