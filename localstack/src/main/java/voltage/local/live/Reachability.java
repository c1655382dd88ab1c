package voltage.local.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import voltage.market.Venue;
import voltage.worker.run.Endpoints;

/** Asks every venue whether it is there, all at the same time. Any HTTP answer, also a refusal, means that it is. */
public final class Reachability {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Reachability() {}

    /**
     * What asking one server gave.
     *
     * @param problem why it was not reached; empty if it was
     * @param date its clock, if it told
     */
    public record Answer(String name, URI asked, boolean isReached, String problem, Optional<String> date) {}

    /** Returns after two seconds at most, with an answer for each server. */
    public static List<Answer> of(Endpoints endpoints) {
        Map<String, URI> servers = new LinkedHashMap<>();
        servers.put("Kalshi REST", under(endpoints.kalshiRest(), "/exchange/status"));
        servers.put("Kalshi stream", http(endpoints.kalshiStream()));
        for (Venue venue : Venue.values()) {
            if (endpoints.venues().contains(venue)) {
                switch (venue) {
                    case KRAKEN -> {
                        servers.put("Kraken REST", under(endpoints.krakenRest(), "/0/public/Time"));
                        servers.put("Kraken stream", http(endpoints.krakenStream()));
                    }
                    case COINBASE -> servers.put("Coinbase stream", http(endpoints.coinbaseStream()));
                    case BINANCE -> {
                        servers.put("Binance REST", under(endpoints.binanceRest(), "/api/v3/ping"));
                        servers.put("Binance stream", http(endpoints.binanceStream()));
                    }
                    case BINANCE_US -> {
                        servers.put("Binance US REST", under(endpoints.binanceUsRest(), "/api/v3/ping"));
                        servers.put("Binance US stream", http(endpoints.binanceUsStream()));
                    }
                }
            }
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        try {
            List<CompletableFuture<Answer>> asked = new ArrayList<>();
            servers.forEach((name, uri) -> asked.add(ask(client, name, uri)));
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            client.shutdownNow();
        }
    }

    private static CompletableFuture<Answer> ask(HttpClient client, String name, URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("User-Agent", "voltage")
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null
                        ? new Answer(name, uri, true, "", response.headers().firstValue("date"))
                        : new Answer(name, uri, false, words(uri, failure), Optional.empty()));
    }

    private static String words(URI uri, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof java.nio.channels.UnresolvedAddressException
                    || each instanceof java.net.UnknownHostException) {
                return "the name " + uri.getHost() + " is not known: no network, or no DNS";
            }
            if (each instanceof java.net.http.HttpTimeoutException) {
                return host + " did not answer within " + TIMEOUT.toSeconds() + " s";
            }
            if (each instanceof javax.net.ssl.SSLException) {
                return host + " could not be spoken to securely: " + each.getMessage();
            }
        }
        if (cause instanceof java.net.ConnectException) {
            return host + " refused the connection";
        }
        return host + " could not be asked: " + (cause instanceof IOException ? cause.getMessage() : cause);
    }

    private static URI under(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    /** A stream's server by plain HTTP. */
    private static URI http(URI stream) {
        return URI.create("http" + stream.toString().substring("ws".length()));
    }
}
