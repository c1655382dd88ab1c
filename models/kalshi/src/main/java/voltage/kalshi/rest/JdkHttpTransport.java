package voltage.kalshi.rest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The real thing. Redirects are not followed: a signed request goes where it was signed for or nowhere. */
public final class JdkHttpTransport implements HttpTransport, AutoCloseable {
    private static final long MAX_BODY_BYTES = 64L << 20;

    private final HttpClient client;
    private final Duration readTimeout;

    /** Connecting takes at most one second, the whole answer three. */
    public JdkHttpTransport() {
        this(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    public JdkHttpTransport(Duration connectTimeout, Duration readTimeout) {
        this.readTimeout = readTimeout;
        // HTTP/1.1: one request a connection, so one lost connection leaves one outcome unknown and not several.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public HttpResponse send(HttpRequest request) throws IOException {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(request.uri())
                .timeout(readTimeout)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::header);
        try {
            java.net.http.HttpResponse<byte[]> response = client.send(
                    builder.build(),
                    java.net.http.HttpResponse.BodyHandlers.limiting(
                            java.net.http.HttpResponse.BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
            return new HttpResponse(
                    response.statusCode(),
                    response.body(),
                    response.headers()
                            .firstValue("date")
                            .map(JdkHttpTransport::seconds)
                            .orElse(0L));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + request);
        }
    }

    /** 0 for what is no date. */
    private static long seconds(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
