package voltage.kalshi.stream;

/**
 * An error that Kalshi sent over the stream.
 *
 * @param commandId the command that it answers, 0 if none
 * @param code Kalshi's number (AsyncAPI), 0 if it sent none
 * @param sid the subscription concerned, 0 if not said
 * @param ticker the market concerned, empty if not said
 */
public record StreamError(long commandId, int code, String message, long sid, String ticker) {
    private static final int CHANNEL_ERROR = 10;
    private static final int BUFFER_OVERFLOW = 25;

    /** Whether the subscription is gone and must be made anew: channel error, or we read too slowly. */
    public boolean endsSubscription() {
        return code == CHANNEL_ERROR || code == BUFFER_OVERFLOW;
    }

    /** Whether it ended because this client read too slowly. */
    public boolean isOverrun() {
        return code == BUFFER_OVERFLOW;
    }
}
