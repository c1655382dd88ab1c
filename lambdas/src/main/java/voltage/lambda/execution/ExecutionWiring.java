package voltage.lambda.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.RateBudget;
import voltage.market.FeeSchedule;
import voltage.market.MarketKeys;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;
import voltage.store.ledger.DynamoLedger;
import voltage.store.queue.SqsReportQueue;

/**
 * The executor as AWS runs it, from the function's environment:
 *
 * <ul>
 *   <li>{@code VOLTAGE_STAGE}, {@code VOLTAGE_LANE} ({@code paper}, {@code canary} or {@code live}), {@code AWS_REGION}
 *   <li>{@code VOLTAGE_KALSHI_REST}: another REST base than the lane's own, optional
 *   <li>{@code VOLTAGE_KALSHI_SHARD}: the exchange index, 2 if not given
 *   <li>{@code VOLTAGE_KALSHI_KEY_ID} and {@code VOLTAGE_KALSHI_KEY_FILE} or {@code VOLTAGE_KALSHI_KEY_PEM}: only for lanes that send
 *       orders; the paper lane reads no key even if there is one
 * </ul>
 */
final class ExecutionWiring {
    private static final int CRYPTO_SHARD = 2;

    private final Map<String, String> environment;
    private @Nullable CloudClients clients;

    ExecutionWiring(Map<String, String> environment) {
        this.environment = environment;
    }

    QueueCare queueCare() {
        return new SqsQueueCare(cloud().sqs(), resources(), lane());
    }

    private CloudClients cloud() {
        CloudClients open = clients;
        if (open == null) {
            open = CloudClients.open(CloudClients.Endpoints.aws(required("AWS_REGION")));
            clients = open;
        }
        return open;
    }

    private CloudResources resources() {
        return CloudResources.of(required("VOLTAGE_STAGE"));
    }

    Executor executor() {
        Lane lane = lane();
        CloudClients cloud = cloud();
        CloudResources resources = resources();
        Ledger ledger = new DynamoLedger(cloud.dynamoDb(), resources);
        SqsReportQueue reports = new SqsReportQueue(cloud.sqs(), resources, 0);
        InstantSource clock = InstantSource.system();
        LongSupplier nowNanos = () -> nanos(clock.instant());
        return new Executor(
                lane,
                ledger,
                exchange(lane, ledger, clock, nowNanos),
                reports::send,
                nowNanos,
                ExecutionWiring::sleep,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
    }

    Lane lane() {
        String label = required("VOLTAGE_LANE");
        List<Lane> lanes = List.of(Lane.PAPER, Lane.CANARY, Lane.LIVE);
        return lanes.stream()
                .filter(lane -> lane.label().equals(label))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "VOLTAGE_LANE",
                        "one of " + lanes.stream().map(Lane::label).toList(),
                        label));
    }

    Exchange exchange(Lane lane, Ledger ledger, InstantSource clock, LongSupplier nowNanos) {
        return switch (lane) {
            case PAPER ->
                new PaperExchange(
                        lane,
                        ledger,
                        new KalshiBooks(
                                client(KalshiClient.PRODUCTION, Optional.empty(), clock),
                                new MarketReader(new MarketKeys(), MarketCatalogue.ofAllSeries())),
                        nowNanos);
            case CANARY -> new KalshiExchange(client(KalshiClient.DEMO, Optional.of(key()), clock), shard());
            case LIVE -> new KalshiExchange(client(KalshiClient.PRODUCTION, Optional.of(key()), clock), shard());
            case REPLAY -> throw new IllegalArgumentException("the replay lane has no exchange outside of a replay");
        };
    }

    private KalshiClient client(URI base, Optional<ApiKey> key, InstantSource clock) {
        String other = environment.getOrDefault("VOLTAGE_KALSHI_REST", "");
        return new KalshiClient(
                other.isEmpty() ? base : URI.create(other),
                key,
                new JdkHttpTransport(),
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                voltage.kalshi.rest.Pause.sleeping(),
                new SplittableRandom(nanos(clock.instant())));
    }

    private ApiKey key() {
        String id = required("VOLTAGE_KALSHI_KEY_ID");
        @Nullable String pem = environment.get("VOLTAGE_KALSHI_KEY_PEM");
        if (pem != null) {
            return new ApiKey(id, RequestSigner.ofPem(pem, "VOLTAGE_KALSHI_KEY_PEM"));
        }
        try {
            return new ApiKey(id, RequestSigner.ofFile(Path.of(required("VOLTAGE_KALSHI_KEY_FILE"))));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "VOLTAGE_KALSHI_KEY_FILE names a key file that cannot be read: " + e.getMessage()
                            + ". Remedy: correct the path or the permissions",
                    e);
        }
    }

    private int shard() {
        String shard = environment.getOrDefault("VOLTAGE_KALSHI_SHARD", String.valueOf(CRYPTO_SHARD));
        if (!shard.matches("[0-9]{1,2}")) {
            throw wrong("VOLTAGE_KALSHI_SHARD", "an exchange index", shard);
        }
        return Integer.parseInt(shard);
    }

    private String required(String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "environment variable " + name + " must be set, was empty. Remedy: set it in"
                            + " the function's configuration; set are " + known());
        }
        return value;
    }

    private List<String> known() {
        return Arrays.stream(environment.keySet().toArray(String[]::new))
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith("VOLTAGE_"))
                .sorted()
                .toList();
    }

    private static IllegalArgumentException wrong(String name, String rule, String was) {
        return new IllegalArgumentException("environment variable " + name + " must be " + rule + ", was \"" + was
                + "\". Remedy: correct it in the function's configuration");
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static void sleep(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
            // The runtime wants us gone: what is in flight is asked for at the next delivery.
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the exchange", e);
        }
    }
}
