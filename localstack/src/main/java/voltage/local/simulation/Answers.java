package voltage.local.simulation;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.rest.HttpTransport.HttpResponse;

/** Answers that the exchange did not give, in the words in which it or its edge gives them. */
final class Answers {
    static final String HTML = "<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>";

    private Answers() {}

    /** The answer of a fault instead of that of the exchange, which is not asked; null if none waits that fits. */
    static @Nullable HttpResponse insteadOf(FaultBoard board, boolean isWrite) {
        if (isWrite) {
            if (board.take(FaultKind.ANSWERED_409_CLOSED) != null) {
                return error(409, "market_already_closed");
            }
            if (board.take(FaultKind.ANSWERED_409_PAUSED) != null) {
                return error(409, "trading_paused");
            }
            PlannedFault gone = board.take(FaultKind.ANSWERED_410);
            if (gone != null) {
                // One has been seen with a status of success.
                return error(gone.pick() % 3 == 0 ? 200 : 410, "deprecated_v1_order_endpoint");
            }
            if (board.take(FaultKind.ANSWERED_401) != null) {
                return error(401, "authentication_error");
            }
        }
        if (board.take(FaultKind.ANSWERED_429) != null) {
            return new HttpResponse(429, "{\"error\":\"too many requests\"}".getBytes(StandardCharsets.UTF_8));
        }
        if (board.take(FaultKind.ANSWERED_500) != null) {
            return error(500, "internal_error");
        }
        return null;
    }

    /** The answer of a fault instead of that which the exchange has given; null if none waits. */
    static @Nullable HttpResponse after(FaultBoard board) {
        if (board.take(FaultKind.ANSWERED_503_AFTER) != null) {
            return new HttpResponse(503, new byte[0]);
        }
        PlannedFault page = board.take(FaultKind.ANSWERED_HTML);
        return page == null
                ? null
                : new HttpResponse(page.pick() % 2 == 0 ? 502 : 200, HTML.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse error(int status, String code) {
        return new HttpResponse(
                status,
                ("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + code + "\"}}")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
