package voltage.local.simulation.cloud;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One request's expressions with its names and values put in. All of them must be used, and all that are used be there. */
final class Expressions {
    private static final int MAX_CACHED = 512;
    private static final Map<String, AttributeValue> NO_ITEM = Map.of();

    /** Parsed expressions by their text; programs have few. */
    static final class Cache {
        private final Map<String, ExpressionParser.Parsed<Condition>> conditions = new HashMap<>();
        private final Map<String, ExpressionParser.Parsed<Update>> updates = new HashMap<>();
        private final Map<String, ExpressionParser.Parsed<List<Operand.Path>>> projections = new HashMap<>();

        private static <T> ExpressionParser.Parsed<T> parsed(
                Map<String, ExpressionParser.Parsed<T>> known,
                String text,
                Function<String, ExpressionParser.Parsed<T>> parser) {
            ExpressionParser.Parsed<T> parsed = known.get(text);
            if (parsed == null) {
                parsed = parser.apply(text);
                if (known.size() >= MAX_CACHED) {
                    known.clear();
                }
                known.put(text, parsed);
            }
            return parsed;
        }
    }

    private final Cache cache;
    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    Expressions(Cache cache, Map<String, String> names, Map<String, AttributeValue> values) {
        this.cache = cache;
        this.names = names;
        this.values = values;
    }

    @Nullable
    Condition condition(@Nullable String text) {
        return text == null ? null : use(Cache.parsed(cache.conditions, text, ExpressionParser::condition));
    }

    @Nullable
    Update update(@Nullable String text) {
        return text == null ? null : use(Cache.parsed(cache.updates, text, ExpressionParser::update));
    }

    @Nullable
    List<Operand.Path> projection(@Nullable String text) {
        return text == null ? null : use(Cache.parsed(cache.projections, text, ExpressionParser::projection));
    }

    private <T> T use(ExpressionParser.Parsed<T> parsed) {
        for (String placeholder : parsed.placeholders()) {
            boolean isKnown =
                    placeholder.charAt(0) == '#' ? names.containsKey(placeholder) : values.containsKey(placeholder);
            if (!isKnown) {
                throw DynamoErrors.invalid("An expression uses " + placeholder + ", which the request does not define");
            }
        }
        used.addAll(parsed.placeholders());
        return parsed.expression();
    }

    /** To be called when all of the request's expressions are read. */
    Expressions allUsed() {
        if (used.size() != names.size() + values.size()) {
            Set<String> unused = new HashSet<>(names.keySet());
            unused.addAll(values.keySet());
            unused.removeAll(used);
            throw DynamoErrors.invalid("Value provided in the request unused in expressions: keys: " + unused);
        }
        return this;
    }

    String name(Operand.Path path) {
        String token = path.token();
        if (token.charAt(0) != '#') {
            return token;
        }
        String name = names.get(token);
        if (name == null) {
            throw new IllegalStateException(token + " was checked to be there");
        }
        return name;
    }

    boolean holds(Condition condition, @Nullable Map<String, AttributeValue> itemOrNone) {
        Map<String, AttributeValue> item = itemOrNone == null ? NO_ITEM : itemOrNone;
        return switch (condition) {
            case Condition.And and -> holds(and.left(), item) && holds(and.right(), item);
            case Condition.Or or -> holds(or.left(), item) || holds(or.right(), item);
            case Condition.Not not -> !holds(not.condition(), item);
            case Condition.Exists exists -> item.containsKey(name(exists.path())) == exists.exists();
            case Condition.BeginsWith begins -> {
                AttributeValue text = find(begins.text(), item);
                AttributeValue prefix = find(begins.prefix(), item);
                yield text != null
                        && prefix != null
                        && text.s() != null
                        && prefix.s() != null
                        && text.s().startsWith(prefix.s());
            }
            case Condition.Compare compare ->
                holds(find(compare.left(), item), compare.comparison(), find(compare.right(), item));
            case Condition.Between between -> {
                AttributeValue value = find(between.value(), item);
                yield holds(value, Condition.Comparison.GREATER_OR_EQUAL, find(between.low(), item))
                        && holds(value, Condition.Comparison.LESS_OR_EQUAL, find(between.high(), item));
            }
            case Condition.In in -> {
                AttributeValue value = find(in.value(), item);
                yield in.candidates().stream()
                        .anyMatch(candidate -> holds(value, Condition.Comparison.EQUAL, find(candidate, item)));
            }
        };
    }

    private static boolean holds(
            @Nullable AttributeValue left, Condition.Comparison comparison, @Nullable AttributeValue right) {
        if (left == null || right == null) {
            // What is not there is different from everything.
            return comparison == Condition.Comparison.DIFFERENT;
        }
        return switch (comparison) {
            case EQUAL -> left.equals(right);
            case DIFFERENT -> !left.equals(right);
            case LESS -> Attributes.areComparable(left, right) && Attributes.compare(left, right) < 0;
            case LESS_OR_EQUAL -> Attributes.areComparable(left, right) && Attributes.compare(left, right) <= 0;
            case GREATER -> Attributes.areComparable(left, right) && Attributes.compare(left, right) > 0;
            case GREATER_OR_EQUAL -> Attributes.areComparable(left, right) && Attributes.compare(left, right) >= 0;
        };
    }

    /** The item after an update, of which every operand is read from the item before it. */
    Map<String, AttributeValue> updated(Update update, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> next = new HashMap<>(item);
        Set<String> touched = new HashSet<>();
        for (Update.Assignment assignment : update.assignments()) {
            next.put(touch(assignment.path(), touched), value(assignment.value(), item));
        }
        for (Operand.Path removal : update.removals()) {
            next.remove(touch(removal, touched));
        }
        return next;
    }

    private String touch(Operand.Path path, Set<String> touched) {
        String name = name(path);
        if (!touched.add(name)) {
            throw DynamoErrors.invalid("Invalid UpdateExpression: Two document paths overlap with each other: " + name);
        }
        return name;
    }

    AttributeValue value(Operand operand, Map<String, AttributeValue> item) {
        AttributeValue value = find(operand, item);
        if (value == null) {
            throw DynamoErrors.invalid(
                    "The provided expression refers to an attribute that does not exist in the item");
        }
        return value;
    }

    private @Nullable AttributeValue find(Operand operand, Map<String, AttributeValue> item) {
        return switch (operand) {
            case Operand.Path path -> item.get(name(path));
            case Operand.Value value -> values.get(value.token());
            case Operand.IfNotExists either -> {
                AttributeValue there = item.get(name(either.path()));
                yield there != null ? there : value(either.otherwise(), item);
            }
            case Operand.ListAppend append -> {
                AttributeValue first = value(append.first(), item);
                AttributeValue second = value(append.second(), item);
                if (!first.hasL() || !second.hasL()) {
                    throw wrongType();
                }
                List<AttributeValue> all = new java.util.ArrayList<>(first.l());
                all.addAll(second.l());
                yield AttributeValue.fromL(all);
            }
            case Operand.Sum sum -> {
                AttributeValue left = value(sum.left(), item);
                AttributeValue right = value(sum.right(), item);
                if (left.n() == null || right.n() == null) {
                    throw wrongType();
                }
                yield Attributes.sum(left.n(), sum.minus(), right.n());
            }
        };
    }

    private static RuntimeException wrongType() {
        return DynamoErrors.invalid("An operand in the update expression has an incorrect data type");
    }
}
