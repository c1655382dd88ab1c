package voltage.local.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;
import voltage.local.net.Handler;
import voltage.local.net.Request;
import voltage.local.net.Response;

/**
 * DynamoDB's protocol over the DynamoDB in this process, for the few operations that Voltage uses. DynamoDB Local's own server would open
 * a second connection to the file, and a port to everybody.
 */
final class DynamoDbDoor implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbDoor.class);
    private static final String PREFIX = "com.amazonaws.dynamodb.v20120810#";
    private static final ObjectMapper ERRORS = new ObjectMapper();

    private final DynamoDbClient client;
    private final DynamoDbObjectMapper json = new DynamoDbObjectMapper();

    DynamoDbDoor(DynamoDbClient client) {
        this.client = client;
    }

    @Override
    public Response http(Request request) {
        String target = String.valueOf(request.header("x-amz-target"));
        String operation = target.substring(target.lastIndexOf('.') + 1);
        try {
            return answer(200, json.writeValueAsBytes(carryOut(operation, request.body())));
        } catch (AwsServiceException e) {
            return failure(e);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} could not be carried out", operation, e);
            return error(500, "InternalServerError", String.valueOf(e.getMessage()));
        }
    }

    private Object carryOut(String operation, byte[] body) throws IOException {
        return switch (operation) {
            case "GetItem" ->
                client.getItem(json.readValue(body, GetItemRequest.serializableBuilderClass())
                        .build());
            case "PutItem" ->
                client.putItem(json.readValue(body, PutItemRequest.serializableBuilderClass())
                        .build());
            case "UpdateItem" ->
                client.updateItem(json.readValue(body, UpdateItemRequest.serializableBuilderClass())
                        .build());
            case "DeleteItem" ->
                client.deleteItem(json.readValue(body, DeleteItemRequest.serializableBuilderClass())
                        .build());
            case "Query" ->
                client.query(json.readValue(body, QueryRequest.serializableBuilderClass())
                        .build());
            case "Scan" ->
                client.scan(json.readValue(body, ScanRequest.serializableBuilderClass())
                        .build());
            case "BatchGetItem" ->
                client.batchGetItem(json.readValue(body, BatchGetItemRequest.serializableBuilderClass())
                        .build());
            case "TransactWriteItems" ->
                client.transactWriteItems(json.readValue(body, TransactWriteItemsRequest.serializableBuilderClass())
                        .build());
            case "DescribeTable" ->
                client.describeTable(json.readValue(body, DescribeTableRequest.serializableBuilderClass())
                        .build());
            case "ListTables" ->
                client.listTables(json.readValue(body, ListTablesRequest.serializableBuilderClass())
                        .build());
            default ->
                throw new IllegalArgumentException(
                        "the embedded DynamoDB does not do \"" + operation + "\" for other processes");
        };
    }

    private static Response failure(AwsServiceException e) {
        String message = e.awsErrorDetails() == null
                ? String.valueOf(e.getMessage())
                : String.valueOf(e.awsErrorDetails().errorMessage());
        ObjectNode body = body(e.getClass().getSimpleName(), message);
        if (e instanceof TransactionCanceledException cancelled) {
            ArrayNode reasons = body.putArray("CancellationReasons");
            for (CancellationReason reason : cancelled.cancellationReasons()) {
                reasons.addObject().put("Code", reason.code()).put("Message", reason.message());
            }
        }
        return answer(
                e.statusCode() >= 400 ? e.statusCode() : 400, body.toString().getBytes(UTF_8));
    }

    private static Response error(int status, String name, String message) {
        return answer(status, body(name, message).toString().getBytes(UTF_8));
    }

    private static ObjectNode body(String name, String message) {
        return ERRORS.createObjectNode().put("__type", PREFIX + name).put("message", message);
    }

    private static Response answer(int status, byte[] body) {
        return new Response(status, Map.of("content-type", "application/x-amz-json-1.0"), body);
    }
}
