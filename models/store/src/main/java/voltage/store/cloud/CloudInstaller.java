package voltage.store.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Creates what {@link CloudResources} lists and is missing, through the SDK alone. What is there stays as it is, so installing
 * twice changes nothing. For the embedded cloud and emulators; the deployed cloud is CDK's.
 */
public final class CloudInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(CloudInstaller.class);
    private static final Duration TABLE_TIMEOUT = Duration.ofSeconds(60);

    private final CloudClients clients;

    public CloudInstaller(CloudClients clients) {
        this.clients = clients;
    }

    /**
     * @return the names of what was created now
     * @throws SdkException if a service refuses or cannot be reached
     */
    public List<String> install(CloudResources resources) {
        List<String> created = new ArrayList<>();
        // One listing a service: asking for each by name costs a call, and a refusal, for everything that is missing.
        Set<String> tables = resources.tables().isEmpty() ? Set.of() : tables();
        for (CloudResources.Table table : resources.tables()) {
            if (!tables.contains(table.name()) && installTable(clients.dynamoDb(), table)) {
                created.add(table.name());
            }
        }
        Set<String> queues = resources.queues().isEmpty() ? Set.of() : queues(resources.stage());
        for (CloudResources.Queue queue : resources.queues()) {
            if (!queues.contains(queue.name())) {
                installQueue(clients.sqs(), queue);
                created.add(queue.name());
            }
        }
        Set<String> buckets = resources.buckets().isEmpty() ? Set.of() : buckets();
        for (CloudResources.Bucket bucket : resources.buckets()) {
            if (!buckets.contains(bucket.name()) && installBucket(clients.s3(), bucket)) {
                created.add(bucket.name());
            }
        }
        return created;
    }

    private Set<String> tables() {
        Set<String> names = new HashSet<>();
        clients.dynamoDb().listTablesPaginator().tableNames().forEach(names::add);
        return names;
    }

    private Set<String> queues(String stage) {
        Set<String> names = new HashSet<>();
        clients.sqs()
                .listQueuesPaginator(request -> request.queueNamePrefix(CloudResources.prefix(stage)))
                .queueUrls()
                .forEach(url -> names.add(url.substring(url.lastIndexOf('/') + 1)));
        return names;
    }

    private Set<String> buckets() {
        Set<String> names = new HashSet<>();
        clients.s3().listBuckets().buckets().forEach(bucket -> names.add(bucket.name()));
        return names;
    }

    private static boolean installTable(DynamoDbClient client, CloudResources.Table table) {
        boolean created = createTable(client, table);
        TableStatus status = client.describeTable(request -> request.tableName(table.name()))
                .table()
                .tableStatus();
        if (status != TableStatus.ACTIVE) {
            client.waiter()
                    .waitUntilTableExists(
                            request -> request.tableName(table.name()),
                            override -> override.waitTimeout(TABLE_TIMEOUT));
        }
        installExpiry(client, table);
        if (table.pointInTimeRecovery()) {
            installRecovery(client, table.name());
        }
        return created;
    }

    private static boolean createTable(DynamoDbClient client, CloudResources.Table table) {
        Set<String> attributes = new LinkedHashSet<>(List.of(table.partitionKey(), table.sortKey()));
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        for (CloudResources.Index index : table.indexes()) {
            attributes.add(index.partitionKey());
            attributes.add(index.sortKey());
            indexes.add(GlobalSecondaryIndex.builder()
                    .indexName(index.name())
                    .keySchema(keys(index.partitionKey(), index.sortKey()))
                    .projection(projection -> projection.projectionType(ProjectionType.ALL))
                    .build());
        }
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .deletionProtectionEnabled(table.deletionProtection())
                .attributeDefinitions(attributes.stream()
                        .map(name -> AttributeDefinition.builder()
                                .attributeName(name)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .keySchema(keys(table.partitionKey(), table.sortKey()));
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes);
        }
        try {
            client.createTable(request.build());
            return true;
        } catch (ResourceInUseException e) {
            // Somebody else installs at the same time.
            return false;
        }
    }

    private static List<KeySchemaElement> keys(String partitionKey, String sortKey) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(partitionKey)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sortKey)
                        .keyType(KeyType.RANGE)
                        .build());
    }

    private static void installExpiry(DynamoDbClient client, CloudResources.Table table) {
        if (table.expiryAttribute().isEmpty()) {
            return;
        }
        TimeToLiveStatus status = client.describeTimeToLive(request -> request.tableName(table.name()))
                .timeToLiveDescription()
                .timeToLiveStatus();
        if (status == TimeToLiveStatus.DISABLED) {
            client.updateTimeToLive(request -> request.tableName(table.name())
                    .timeToLiveSpecification(expiry -> expiry.enabled(true)
                            .attributeName(table.expiryAttribute().get())));
        }
    }

    private static void installRecovery(DynamoDbClient client, String name) {
        try {
            client.updateContinuousBackups(request -> request.tableName(name)
                    .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
        } catch (DynamoDbException e) {
            // DynamoDB Local does not know the operation; AWS does, and CDK sets it there.
            LOG.debug("no point-in-time recovery for table {} here: {}", name, e.getMessage());
        }
    }

    private static void installQueue(SqsClient client, CloudResources.Queue queue) {
        Map<QueueAttributeName, String> attributes = new HashMap<>();
        attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        attributes.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false");
        attributes.put(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                String.valueOf(queue.visibilityTimeout().toSeconds()));
        attributes.put(
                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                String.valueOf(queue.retention().toSeconds()));
        queue.deadLetters().ifPresent(letters -> {
            String arn = queueArn(client, letters.queueName());
            attributes.put(
                    QueueAttributeName.REDRIVE_POLICY,
                    "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + letters.maxReceiveCount() + "}");
        });
        // With the same attributes as an existing queue's, this changes nothing.
        client.createQueue(request -> request.queueName(queue.name()).attributes(attributes));
    }

    private static String queueArn(SqsClient client, String name) {
        String url = client.getQueueUrl(request -> request.queueName(name)).queueUrl();
        return client.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private static boolean installBucket(S3Client client, CloudResources.Bucket bucket) {
        try {
            client.createBucket(request -> request.bucket(bucket.name()));
        } catch (BucketAlreadyOwnedByYouException e) {
            return false;
        }
        if (bucket.versioned()) {
            client.putBucketVersioning(request -> request.bucket(bucket.name())
                    .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        }
        return true;
    }
}
