package voltage.store.cloud;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's clients that Voltage needs; they share one HTTP client, and every call has a time-out and bounded retries. */
public record CloudClients(DynamoDbClient dynamoDb, SqsClient sqs, S3Client s3) implements AutoCloseable {
    /** Attempts of one call, the first included. */
    private static final int ATTEMPTS = 3;

    /**
     * Where the services are.
     *
     * @param region for example {@code us-east-2}
     * @param dynamoDb address instead of AWS's own, as are the others
     */
    public record Endpoints(String region, Optional<URI> dynamoDb, Optional<URI> sqs, Optional<URI> s3) {
        /** AWS itself, or what {@code AWS_ENDPOINT_URL} says. */
        public static Endpoints aws(String region) {
            return new Endpoints(region, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Whether any service is somewhere else than at AWS. */
        boolean isLocal() {
            return dynamoDb.isPresent() || sqs.isPresent() || s3.isPresent();
        }
    }

    /** Clients for AWS with the credentials of the environment; for local endpoints with made-up ones. */
    public static CloudClients open(Endpoints endpoints) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(30))
                .build();
        AwsCredentialsProvider credentials = endpoints.isLocal()
                ? localCredentials()
                : DefaultCredentialsProvider.builder().build();
        Region region = Region.of(endpoints.region());
        var dynamoDb = configured(DynamoDbClient.builder(), endpoints.dynamoDb(), region, credentials)
                .httpClient(http)
                .build();
        var sqs = configured(SqsClient.builder(), endpoints.sqs(), region, credentials)
                .httpClient(http)
                .build();
        var s3 = configured(S3Client.builder(), endpoints.s3(), region, credentials)
                .forcePathStyle(endpoints.s3().isPresent())
                .httpClient(http)
                .build();
        return new CloudClients(dynamoDb, sqs, s3);
    }

    /** Emulators take any; these are no secret. */
    public static AwsCredentialsProvider localCredentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }

    private static <B extends AwsClientBuilder<B, ?>> B configured(
            B builder, Optional<URI> endpoint, Region region, AwsCredentialsProvider credentials) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(Duration.ofSeconds(60))
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(ATTEMPTS)
                                .build())
                        .build());
    }

    @Override
    public void close() {
        dynamoDb.close();
        sqs.close();
        s3.close();
    }
}
