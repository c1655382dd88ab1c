package voltage.kalshi.rest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.JsonFields;
import voltage.kalshi.auth.SignedHeaders;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.kalshi.rest.HttpTransport.HttpResponse;
import voltage.market.MalformedFrameException;

/** Sends requests: budget first, then the signature, then the wire. Reads are repeated, writes never. */
final class Requests {
    private static final int READ_ATTEMPTS = 4;
    private static final long FIRST_BACKOFF_NANOS = 100_000_000L;
    private static final long LONGEST_BACKOFF_NANOS = 2_000_000_000L;

    private final URI base;
    private final @Nullable SignedHeaders signer;
    private final HttpTransport transport;
    private final InstantSource clock;
    private final RateBudget budget;
    private final Pause pause;
    private final RandomGenerator random;
    /** Of the last answer, 0 if it had none. */
    private volatile long dateSeconds;

    Requests(
            URI base,
            @Nullable SignedHeaders signer,
            HttpTransport transport,
            InstantSource clock,
            RateBudget budget,
            Pause pause,
            RandomGenerator random) {
        if (base.getScheme() == null
                || base.getRawPath() == null
                || base.getRawPath().endsWith("/")) {
            throw new IllegalArgumentException(
                    "a base URI looks like https://external-api.kalshi.com/trade-api/v2, was " + base);
        }
        this.base = base;
        this.signer = signer;
        this.transport = transport;
        this.clock = clock;
        this.budget = budget;
        this.pause = pause;
        this.random = random;
    }

    /** Makes something of an answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(JsonFields body) throws MalformedFrameException;
    }

    <T> T read(Endpoint endpoint, Query query, Priority priority, Reader<T> reader) throws KalshiException {
        return read(endpoint, query, priority, READ_ATTEMPTS, reader);
    }

    /** Asks once: for what an order waits for, and what may as well be asked for again with the next one. */
    <T> T readOnce(Endpoint endpoint, Query query, Priority priority, Reader<T> reader) throws KalshiException {
        return read(endpoint, query, priority, 1, reader);
    }

    private <T> T read(Endpoint endpoint, Query query, Priority priority, int attempts, Reader<T> reader)
            throws KalshiException {
        byte[] body = readBytes(endpoint, query.toString(), priority, attempts);
        try {
            return reader.read(JsonFields.parse(body));
        } catch (MalformedFrameException unreadable) {
            throw new KalshiException("GET " + query, unreadable);
        }
    }

    /** Also sends unsigned where there is no key: public data. */
    byte[] readBytes(Endpoint endpoint, String pathAndQuery, Priority priority) throws KalshiException {
        return readBytes(endpoint, pathAndQuery, priority, READ_ATTEMPTS);
    }

    private byte[] readBytes(Endpoint endpoint, String pathAndQuery, Priority priority, int attempts)
            throws KalshiException {
        String what = "GET " + pathAndQuery;
        for (int attempt = 1; ; attempt++) {
            KalshiError refused = admit(endpoint, 0, 1, priority);
            if (refused != null) {
                throw new KalshiException(what, refused);
            }
            KalshiException failure;
            boolean mayPass;
            try {
                HttpResponse response = send("GET", pathAndQuery, Json.NONE);
                if (response.status() >= 200 && response.status() < 300) {
                    return response.body();
                }
                failure = new KalshiException(what, KalshiError.read(response.status(), response.body()));
                mayPass = response.status() == 429 || response.status() >= 500;
                if (response.status() == 429) {
                    budget.throttled(endpoint, 0);
                }
            } catch (IOException e) {
                failure = new KalshiException(what, e);
                mayPass = true;
            }
            if (!mayPass || attempt == attempts || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            backOff(what, attempt);
        }
    }

    /**
     * @param exchangeIndex the shard whose tokens it costs
     * @param items 1, or the orders of a batch
     */
    <T> Outcome<T> write(
            Endpoint endpoint,
            int exchangeIndex,
            int items,
            Priority priority,
            String method,
            Query query,
            byte[] body,
            Reader<T> reader) {
        HttpResponse response;
        try {
            KalshiError refused = admit(endpoint, exchangeIndex, items, priority);
            if (refused != null) {
                return new Outcome.Rejected<>(refused);
            }
        } catch (KalshiException interrupted) {
            return new Outcome.Rejected<>(
                    KalshiError.notSent(KalshiError.Code.NOT_SENT_BUDGET, "interrupted while waiting for tokens"));
        }
        try {
            response = send(method, query.toString(), body);
        } catch (ConnectException | HttpConnectTimeoutException notSent) {
            return new Outcome.Rejected<>(KalshiError.notSent(
                    KalshiError.Code.NOT_SENT_UNREACHABLE, "no connection to " + base.getHost() + ": " + notSent));
        } catch (IOException lost) {
            return new Outcome.Unknown<>("no answer: " + lost, 0);
        }
        return outcome(endpoint, exchangeIndex, response, reader);
    }

    private <T> Outcome<T> outcome(Endpoint endpoint, int exchangeIndex, HttpResponse response, Reader<T> reader) {
        int status = response.status();
        if (status >= 200 && status < 300) {
            try {
                // 204 and the empty answers of the order groups have nothing to read.
                JsonFields body =
                        response.body().length == 0 ? JsonFields.parse("{}") : JsonFields.parse(response.body());
                KalshiError hidden = KalshiError.hiddenIn(status, body);
                return hidden == null ? new Outcome.Accepted<>(reader.read(body)) : new Outcome.Rejected<>(hidden);
            } catch (MalformedFrameException unreadable) {
                return new Outcome.Unknown<>("unreadable answer: " + unreadable.getMessage(), status);
            }
        }
        KalshiError error = KalshiError.read(status, response.body());
        if (status == 429) {
            budget.throttled(endpoint, exchangeIndex);
        }
        // 408 and redirects come from something in between, which may have passed the request on.
        boolean wasRefused = status >= 400 && status < 500 && status != 408;
        return wasRefused ? new Outcome.Rejected<>(error) : new Outcome.Unknown<>("HTTP " + error, status);
    }

    /** Waits for tokens; an error if they do not come within the priority's patience. */
    private @Nullable KalshiError admit(Endpoint endpoint, int exchangeIndex, int items, Priority priority)
            throws KalshiException {
        long waited = 0;
        while (true) {
            long wait = budget.tryTake(endpoint, exchangeIndex, items, priority);
            if (wait == 0) {
                return null;
            }
            if (wait == RateBudget.NEVER || waited + wait > priority.patienceNanos()) {
                return KalshiError.notSent(
                        KalshiError.Code.NOT_SENT_BUDGET,
                        wait == RateBudget.NEVER
                                ? "a batch of " + items + " needs more tokens than the account ever has"
                                : "no tokens for " + endpoint + " with priority " + priority + " within "
                                        + priority.patienceNanos() / 1_000_000 + " ms");
            }
            try {
                pause.pause(wait);
            } catch (IOException interrupted) {
                throw new KalshiException("waiting for tokens for " + endpoint, interrupted);
            }
            waited += wait;
        }
    }

    private HttpResponse send(String method, String pathAndQuery, byte[] body) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        URI uri = URI.create(base + pathAndQuery);
        if (signer != null) {
            headers.putAll(signer.of(method, uri.getRawPath(), clock.millis()));
        }
        HttpResponse response = transport.send(new HttpRequest(method, uri, headers, body));
        dateSeconds = response.dateSeconds();
        return response;
    }

    /**
     * The latest that the exchange's clock can have shown when it last answered: its date has whole seconds. Our own clock's time if the
     * answer had no date.
     */
    long latestNowNanos() {
        return dateSeconds == 0 ? clock.millis() * 1_000_000 : (dateSeconds + 1) * 1_000_000_000;
    }

    private void backOff(String what, int attempt) throws KalshiException {
        long longest = Math.min(LONGEST_BACKOFF_NANOS, FIRST_BACKOFF_NANOS << (attempt - 1));
        try {
            pause.pause(longest / 2 + random.nextLong(longest / 2));
        } catch (IOException interrupted) {
            throw new KalshiException(what, interrupted);
        }
    }
}
