package voltage.lambda.execution;

/** Knows how far the exchange's reads lag behind what has happened there, so that nothing is concluded from older data. */
final class DataClock {
    private final LaneDesk desk;

    DataClock(LaneDesk desk) {
        this.desk = desk;
    }

    /**
     * Waits, within bounds, until the data have moved past a moment, by our clock or, should that be ahead, by the exchange's own.
     *
     * @throws ExchangeUnavailableException if it does not say
     */
    boolean awaitFresh(long startNanos) {
        long firstNanos = Long.MAX_VALUE;
        for (int i = 0; i < desk.settings.asks(); i++) {
            if (i > 0) {
                desk.pause.pause(desk.settings.pauseNanos());
            }
            long dataNanos = desk.exchange.userDataNanos();
            firstNanos = Math.min(firstNanos, dataNanos);
            if (dataNanos >= startNanos || dataNanos >= firstNanos + desk.settings.freshMarginNanos()) {
                return true;
            }
        }
        return false;
    }
}
