package voltage.kalshi.rest;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The way to the exchange: one request, one answer. Never repeats a request. */
@FunctionalInterface
public interface HttpTransport {
    /**
     * @param uri whole, with path and raw query
     * @param body empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to the wire, never compared
    record HttpRequest(String method, URI uri, Map<String, String> headers, byte[] body) {
        public HttpRequest {
            headers = Map.copyOf(headers);
        }

        /** The headers carry a signature and are not shown. */
        @Override
        public String toString() {
            return method + " " + uri + " (" + body.length + " bytes)";
        }
    }

    /** @param dateSeconds what the server's clock showed, as its {@code Date} header says, in unix seconds; 0 if it does not say */
    @SuppressWarnings("ArrayRecordComponent") // bytes from the wire, never compared
    record HttpResponse(int status, byte[] body, long dateSeconds) {
        /** An answer without a date. */
        public HttpResponse(int status, byte[] body) {
            this(status, body, 0);
        }

        @Override
        public String toString() {
            return status + " (" + body.length + " bytes)";
        }
    }

    /**
     * @throws java.net.ConnectException if no connection could be made, and so nothing was sent
     * @throws java.net.http.HttpConnectTimeoutException likewise
     * @throws java.net.http.HttpTimeoutException if no answer came in time; the request may have taken effect
     * @throws IOException likewise
     */
    HttpResponse send(HttpRequest request) throws IOException;
}
