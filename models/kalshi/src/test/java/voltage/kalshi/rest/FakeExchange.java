package voltage.kalshi.rest;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import voltage.kalshi.auth.ApiKey;

/** Answers requests from a list, and keeps them. */
final class FakeExchange implements HttpTransport {
    final FakeTime time = new FakeTime();
    final List<HttpRequest> requests = new ArrayList<>();
    private final ArrayDeque<Object> answers = new ArrayDeque<>();

    FakeExchange answers(int status, String body) {
        answers.add(new HttpResponse(status, body.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    FakeExchange answersAt(long dateSeconds, String body) {
        answers.add(new HttpResponse(200, body.getBytes(StandardCharsets.UTF_8), dateSeconds));
        return this;
    }

    FakeExchange fails(IOException failure) {
        answers.add(failure);
        return this;
    }

    KalshiClient client(Optional<ApiKey> key) {
        return new KalshiClient(
                URI.create("https://exchange.test/trade-api/v2"),
                key,
                this,
                time,
                new RateBudget(RateBudget.Settings.BASIC, time),
                time,
                new Random(1));
    }

    @Override
    public HttpResponse send(HttpRequest request) throws IOException {
        requests.add(request);
        Object answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        if (answer instanceof IOException failure) {
            throw failure;
        }
        return (HttpResponse) answer;
    }

    HttpRequest last() {
        return requests.getLast();
    }

    /** Method, path with query below the base, and body of the last request. */
    String lastLine() {
        HttpRequest request = last();
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return request.method() + " "
                + request.uri().toString().substring("https://exchange.test/trade-api/v2".length())
                + (body.isEmpty() ? "" : " " + body);
    }
}
