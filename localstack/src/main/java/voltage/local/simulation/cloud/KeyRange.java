package voltage.local.simulation.cloud;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import voltage.store.cloud.CloudResources;

/**
 * A query's key condition: a partition, and perhaps a condition on the sort key.
 *
 * @param low lowest sort key, null for none; {@code high} is the same at the other end
 */
record KeyRange(
        String partition,
        @Nullable String low,
        boolean includesLow,
        @Nullable String high,
        boolean includesHigh) {
    /** Sorts after every text that begins with what stands before it. */
    private static final String LAST = "\udbff\udfff";

    static KeyRange of(Condition condition, CloudResources.Table table, Expressions expressions) {
        if (condition instanceof Condition.And both) {
            KeyRange partition = equal(both.left(), table, expressions);
            if (partition != null) {
                return partition.sorted(both.right(), table, expressions);
            }
            partition = equal(both.right(), table, expressions);
            if (partition != null) {
                return partition.sorted(both.left(), table, expressions);
            }
        }
        KeyRange partition = equal(condition, table, expressions);
        if (partition == null) {
            throw DynamoErrors.invalid("Query condition missed key schema element: " + table.partitionKey());
        }
        return partition;
    }

    private static @Nullable KeyRange equal(Condition condition, CloudResources.Table table, Expressions expressions) {
        if (condition instanceof Condition.Compare compare
                && compare.comparison() == Condition.Comparison.EQUAL
                && compare.left() instanceof Operand.Path path
                && expressions.name(path).equals(table.partitionKey())) {
            return new KeyRange(text(compare.right(), expressions), null, false, null, false);
        }
        return null;
    }

    private KeyRange sorted(Condition condition, CloudResources.Table table, Expressions expressions) {
        return switch (condition) {
            case Condition.Compare compare -> {
                require(compare.left(), table, expressions);
                String key = text(compare.right(), expressions);
                yield switch (compare.comparison()) {
                    case EQUAL -> new KeyRange(partition, key, true, key, true);
                    case LESS -> new KeyRange(partition, null, false, key, false);
                    case LESS_OR_EQUAL -> new KeyRange(partition, null, false, key, true);
                    case GREATER -> new KeyRange(partition, key, false, null, false);
                    case GREATER_OR_EQUAL -> new KeyRange(partition, key, true, null, false);
                    case DIFFERENT -> throw unfit();
                };
            }
            case Condition.Between between -> {
                require(between.value(), table, expressions);
                String from = text(between.low(), expressions);
                String to = text(between.high(), expressions);
                if (Attributes.compareTexts(from, to) > 0) {
                    throw DynamoErrors.invalid("The BETWEEN operator requires upper bound to be greater than or equal"
                            + " to lower bound");
                }
                yield new KeyRange(partition, from, true, to, true);
            }
            case Condition.BeginsWith begins -> {
                require(begins.text(), table, expressions);
                String prefix = text(begins.prefix(), expressions);
                yield new KeyRange(partition, prefix, true, prefix + LAST, true);
            }
            case Condition.And ignored -> throw unfit();
            case Condition.Or ignored -> throw unfit();
            case Condition.Not ignored -> throw unfit();
            case Condition.In ignored -> throw unfit();
            case Condition.Exists ignored -> throw unfit();
        };
    }

    private static void require(Operand operand, CloudResources.Table table, Expressions expressions) {
        if (!(operand instanceof Operand.Path path) || !expressions.name(path).equals(table.sortKey())) {
            throw DynamoErrors.invalid("Query key condition not supported: the attribute is not " + table.sortKey());
        }
    }

    private static String text(Operand operand, Expressions expressions) {
        if (!(operand instanceof Operand.Value)) {
            throw DynamoErrors.invalid("Query key condition not supported: a key is compared with a value");
        }
        AttributeValue value = expressions.value(operand, java.util.Map.of());
        if (value.s() == null) {
            throw DynamoErrors.invalid("One or more parameter values were invalid: Condition parameter type does not"
                    + " match schema type");
        }
        return value.s();
    }

    private static RuntimeException unfit() {
        return DynamoErrors.invalid("Query key condition not supported");
    }

    NavigableMap<String, TableData.Item> select(
            TableData table, boolean isForward, Optional<TableData.Key> startAfter) {
        NavigableMap<String, TableData.Item> items = table.partition(partition);
        if (items.isEmpty()) {
            return items;
        }
        String from = low;
        boolean includesFrom = includesLow;
        String to = high;
        boolean includesTo = includesHigh;
        if (startAfter.isPresent()) {
            if (isForward) {
                from = startAfter.get().sort();
                includesFrom = false;
            } else {
                to = startAfter.get().sort();
                includesTo = false;
            }
        }
        if (from != null && to != null && Attributes.compareTexts(from, to) > 0) {
            return new TreeMap<>();
        }
        if (from != null) {
            items = items.tailMap(from, includesFrom);
        }
        if (to != null) {
            items = items.headMap(to, includesTo);
        }
        return isForward ? items : items.descendingMap();
    }
}
