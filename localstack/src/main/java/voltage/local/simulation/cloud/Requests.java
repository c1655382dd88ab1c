package voltage.local.simulation.cloud;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Reads the SDK's requests; refuses parameters that are not simulated instead of overlooking them. */
final class Requests {
    private Requests() {}

    static Writes.Write write(Tables tables, PutItemRequest request) {
        refuse(request.hasExpected(), "Expected");
        refuse(request.conditionalOperator() != null, "ConditionalOperator");
        return Writes.put(
                tables.table(request.tableName()),
                request.item(),
                tables.expressions(request.expressionAttributeNames(), request.expressionAttributeValues()),
                request.conditionExpression(),
                tells(request.returnValuesOnConditionCheckFailure()));
    }

    static Writes.Write write(Tables tables, DeleteItemRequest request) {
        refuse(request.hasExpected(), "Expected");
        refuse(request.conditionalOperator() != null, "ConditionalOperator");
        return Writes.delete(
                tables.table(request.tableName()),
                request.key(),
                tables.expressions(request.expressionAttributeNames(), request.expressionAttributeValues()),
                request.conditionExpression(),
                tells(request.returnValuesOnConditionCheckFailure()));
    }

    static Writes.Write write(Tables tables, UpdateItemRequest request) {
        refuse(request.hasExpected(), "Expected");
        refuse(request.hasAttributeUpdates(), "AttributeUpdates");
        refuse(request.conditionalOperator() != null, "ConditionalOperator");
        return Writes.update(
                tables.table(request.tableName()),
                request.key(),
                tables.expressions(request.expressionAttributeNames(), request.expressionAttributeValues()),
                request.conditionExpression(),
                request.updateExpression(),
                tells(request.returnValuesOnConditionCheckFailure()));
    }

    static Writes.Write write(Tables tables, TransactWriteItem item) {
        Put put = item.put();
        if (put != null) {
            return Writes.put(
                    tables.table(put.tableName()),
                    put.item(),
                    tables.expressions(put.expressionAttributeNames(), put.expressionAttributeValues()),
                    put.conditionExpression(),
                    tells(put.returnValuesOnConditionCheckFailure()));
        }
        if (item.update() != null) {
            software.amazon.awssdk.services.dynamodb.model.Update update = item.update();
            return Writes.update(
                    tables.table(update.tableName()),
                    update.key(),
                    tables.expressions(update.expressionAttributeNames(), update.expressionAttributeValues()),
                    update.conditionExpression(),
                    update.updateExpression(),
                    tells(update.returnValuesOnConditionCheckFailure()));
        }
        Delete delete = item.delete();
        if (delete != null) {
            return Writes.delete(
                    tables.table(delete.tableName()),
                    delete.key(),
                    tables.expressions(delete.expressionAttributeNames(), delete.expressionAttributeValues()),
                    delete.conditionExpression(),
                    tells(delete.returnValuesOnConditionCheckFailure()));
        }
        ConditionCheck check = item.conditionCheck();
        if (check == null) {
            throw DynamoErrors.invalid("a transaction's item is a put, an update, a delete or a condition check");
        }
        return Writes.check(
                tables.table(check.tableName()),
                check.key(),
                tables.expressions(check.expressionAttributeNames(), check.expressionAttributeValues()),
                check.conditionExpression(),
                tells(check.returnValuesOnConditionCheckFailure()));
    }

    private static boolean tells(@Nullable ReturnValuesOnConditionCheckFailure wish) {
        return wish == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }

    static Tables.Page query(Tables tables, QueryRequest request) {
        refuse(request.hasKeyConditions(), "KeyConditions");
        refuse(request.hasQueryFilter(), "QueryFilter");
        refuse(request.hasAttributesToGet(), "AttributesToGet");
        refuse(request.conditionalOperator() != null, "ConditionalOperator");
        refuse(request.filterExpression() != null, "FilterExpression");
        refuse(request.select() != null, "Select");
        refuse(request.indexName() != null, "IndexName");
        requireConsistent(request.consistentRead(), request.tableName());
        TableData table = tables.table(request.tableName());
        Expressions expressions =
                tables.expressions(request.expressionAttributeNames(), request.expressionAttributeValues());
        Condition condition = expressions.condition(request.keyConditionExpression());
        List<Operand.Path> projection = expressions.projection(request.projectionExpression());
        expressions.allUsed();
        if (condition == null) {
            throw DynamoErrors.invalid("a query has a key condition");
        }
        KeyRange range = KeyRange.of(condition, table.definition(), expressions);
        boolean isForward = request.scanIndexForward() == null || request.scanIndexForward();
        Optional<TableData.Key> start =
                request.hasExclusiveStartKey() ? Optional.of(table.key(request.exclusiveStartKey())) : Optional.empty();
        NavigableMap<String, TableData.Item> items = range.select(table, isForward, start);
        int limit = request.limit() == null ? 0 : request.limit();
        if (request.limit() != null && limit < 1) {
            throw DynamoErrors.invalid("a limit is 1 or more, was " + limit);
        }
        Tables.Page page = tables.page(items, range.partition(), limit);
        return projection == null
                ? page
                : new Tables.Page(
                        page.items().stream()
                                .map(item -> project(projection, expressions, item))
                                .toList(),
                        page.after());
    }

    static Map<String, AttributeValue> project(
            List<Operand.Path> projection, Expressions expressions, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> projected = new HashMap<>();
        for (Operand.Path path : projection) {
            String name = expressions.name(path);
            AttributeValue value = item.get(name);
            if (value != null) {
                projected.put(name, value);
            }
        }
        return projected;
    }

    /** Voltage decides nothing from a read that may be old; one that was not asked to be consistent is a mistake. */
    static void requireConsistent(@Nullable Boolean consistent, String table) {
        if (consistent == null || !consistent) {
            throw new UnsupportedOperationException(
                    "an eventually consistent read of " + table + " is not simulated; ask for consistentRead(true)");
        }
    }

    static void refuse(boolean isThere, String parameter) {
        if (isThere) {
            throw new UnsupportedOperationException("the parameter " + parameter + " is not simulated");
        }
    }
}
