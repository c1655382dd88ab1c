package voltage.local.simulation.cloud;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What requests write, each kind made the same whether it comes alone or in a transaction. */
final class Writes {
    private Writes() {}

    /** The change of one item. */
    interface Change {
        /**
         * @param before null if it is not there
         * @return the item as it is to be, null for none
         */
        @Nullable
        Map<String, AttributeValue> apply(@Nullable Map<String, AttributeValue> before);
    }

    /**
     * One item's write, read and checked.
     *
     * @param condition null for none
     * @param change null if only the condition is checked
     * @param tellOnFailure whether a failed condition tells the item
     */
    record Write(
            TableData table,
            TableData.Key key,
            Expressions expressions,
            @Nullable Condition condition,
            @Nullable Change change,
            boolean tellOnFailure) {
        boolean isAllowed(@Nullable Map<String, AttributeValue> before) {
            return condition == null || expressions.holds(condition, before);
        }
    }

    static Write put(
            TableData table,
            Map<String, AttributeValue> item,
            Expressions expressions,
            @Nullable String condition,
            boolean tell) {
        Condition parsed = expressions.condition(condition);
        return new Write(table, table.keyOf(item), expressions.allUsed(), parsed, before -> item, tell);
    }

    static Write delete(
            TableData table,
            Map<String, AttributeValue> key,
            Expressions expressions,
            @Nullable String condition,
            boolean tell) {
        Condition parsed = expressions.condition(condition);
        return new Write(table, table.key(key), expressions.allUsed(), parsed, before -> null, tell);
    }

    static Write check(
            TableData table,
            Map<String, AttributeValue> key,
            Expressions expressions,
            @Nullable String condition,
            boolean tell) {
        Condition parsed = expressions.condition(condition);
        return new Write(table, table.key(key), expressions.allUsed(), parsed, null, tell);
    }

    static Write update(
            TableData table,
            Map<String, AttributeValue> key,
            Expressions expressions,
            @Nullable String condition,
            @Nullable String text,
            boolean tell) {
        Condition parsed = expressions.condition(condition);
        Update update = expressions.update(text);
        if (update == null) {
            throw new UnsupportedOperationException("an update without an update expression is not simulated");
        }
        refuseKeys(table, update, expressions);
        Change change = before -> expressions.updated(update, before == null ? key : before);
        return new Write(table, table.key(key), expressions.allUsed(), parsed, change, tell);
    }

    private static void refuseKeys(TableData table, Update update, Expressions expressions) {
        for (Update.Assignment assignment : update.assignments()) {
            refuseKey(table, expressions.name(assignment.path()));
        }
        for (Operand.Path removal : update.removals()) {
            refuseKey(table, expressions.name(removal));
        }
    }

    private static void refuseKey(TableData table, String name) {
        if (name.equals(table.definition().partitionKey())
                || name.equals(table.definition().sortKey())) {
            throw DynamoErrors.invalid("One or more parameter values were invalid: Cannot update attribute " + name
                    + ". This attribute is part of the key");
        }
    }
}
