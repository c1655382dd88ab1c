package voltage.worker.dashboard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the account's numbers on this machine. Any web page that the operator opens may ask their browser to connect to
 * 127.0.0.1, and a name of its own may be made to point here: so both the host asked for and the page that asks must be local.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class LocalOnlyFilter {
    private static final Set<String> LOCAL_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    /** No request leaves the page but to its own server. Browsers differ on whether 'self' covers ws: so it is spelt out. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self' ws://%s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @RequestFilter
    @Nullable
    HttpResponse<?> refuseStrangers(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        if (host == null || !LOCAL_NAMES.contains(nameOf(host))) {
            return refusal("the dashboard answers only as 127.0.0.1 or localhost, was asked as " + host);
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            return refusal("the dashboard answers only to its own page, was asked by " + origin);
        }
        return null;
    }

    @ResponseFilter
    void addHeaders(HttpRequest<?> request, MutableHttpResponse<?> response) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        String self = host != null && LOCAL_NAMES.contains(nameOf(host)) ? host : "127.0.0.1";
        response.header("Content-Security-Policy", POLICY.formatted(self))
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin");
        // The names of scripts and styles change with their content; nothing else may be kept.
        boolean isHashed =
                URI.create(request.getPath()).getPath().startsWith("/assets/") && response.status() == HttpStatus.OK;
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, isHashed ? "max-age=31536000, immutable" : "no-cache");
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    private static HttpResponse<?> refusal(String message) {
        return HttpResponse.status(HttpStatus.FORBIDDEN)
                .contentType(MediaType.TEXT_PLAIN_TYPE)
                .body(message);
    }
}
