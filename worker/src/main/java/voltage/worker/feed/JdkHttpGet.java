package voltage.worker.feed;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** HTTP by the JDK's client, with bounded time and size. */
public final class JdkHttpGet implements HttpGet, AutoCloseable {
    private static final long LARGEST_BODY = 32L * 1024 * 1024;

    private final Duration timeout;
    private final HttpClient client;

    /** @param timeout for connecting, and again for the answer */
    public JdkHttpGet(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public HttpBody get(URI uri) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("User-Agent", "voltage")
                .build();
        try {
            HttpResponse<byte[]> response = client.send(
                    request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_BODY));
            return new HttpBody(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + uri.getHost());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
