package voltage.local.simulation.cloud;

import com.amazonaws.services.dynamodbv2.parser.ReservedKeywords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads DynamoDB's expressions, as far as Voltage writes any: attributes at the top of an item, comparisons, BETWEEN, IN,
 * attribute_exists, attribute_not_exists, begins_with, AND, OR, NOT; SET with +, -, if_not_exists and list_append; REMOVE. Whatever
 * else DynamoDB knows is refused by its name.
 */
final class ExpressionParser {
    private static final int MAX_LENGTH = 4_096;

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final Set<String> placeholders = new HashSet<>();
    private int at;

    /**
     * @param placeholders the names (#) and values (:) that it refers to
     */
    record Parsed<T>(T expression, Set<String> placeholders) {}

    private ExpressionParser(String text) {
        this.text = text;
        if (text.length() > MAX_LENGTH) {
            throw DynamoErrors.invalid("Expression size has exceeded the maximum allowed size of " + MAX_LENGTH);
        }
        tokenize();
    }

    static Parsed<Condition> condition(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        Condition condition = parser.disjunction();
        return parser.finished(condition);
    }

    static Parsed<Update> update(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        Update update = parser.sections();
        return parser.finished(update);
    }

    static Parsed<List<Operand.Path>> projection(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        List<Operand.Path> paths = new ArrayList<>();
        do {
            paths.add(parser.path());
        } while (parser.accept(","));
        return parser.finished(paths);
    }

    private <T> Parsed<T> finished(T expression) {
        if (at < tokens.size()) {
            throw unexpected();
        }
        return new Parsed<>(expression, Set.copyOf(placeholders));
    }

    private void tokenize() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int start = i;
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            if (isNamePart(c) || c == '#' || c == ':') {
                i++;
                while (i < text.length() && isNamePart(text.charAt(i))) {
                    i++;
                }
            } else if (c == '.' || c == '[') {
                throw unsupported("paths into documents (\"" + c + "\")");
            } else if (text.startsWith("<>", i) || text.startsWith("<=", i) || text.startsWith(">=", i)) {
                i += 2;
            } else if ("(),=<>+-".indexOf(c) >= 0) {
                i++;
            } else {
                throw DynamoErrors.invalid("Invalid expression: Syntax error; token: \"" + c + "\" in " + text);
            }
            tokens.add(text.substring(start, i));
        }
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private Condition disjunction() {
        Condition condition = conjunction();
        while (acceptWord("OR")) {
            condition = new Condition.Or(condition, conjunction());
        }
        return condition;
    }

    private Condition conjunction() {
        Condition condition = negation();
        while (acceptWord("AND")) {
            condition = new Condition.And(condition, negation());
        }
        return condition;
    }

    private Condition negation() {
        if (acceptWord("NOT")) {
            return new Condition.Not(negation());
        }
        if (accept("(")) {
            Condition inner = disjunction();
            expect(")");
            return inner;
        }
        return comparison();
    }

    private Condition comparison() {
        if (isFunction()) {
            String name = next();
            expect("(");
            Condition condition = switch (name) {
                case "attribute_exists" -> new Condition.Exists(path(), true);
                case "attribute_not_exists" -> new Condition.Exists(path(), false);
                case "begins_with" -> {
                    Operand value = operand();
                    expect(",");
                    yield new Condition.BeginsWith(value, operand());
                }
                default -> throw unsupported("the function " + name + " in a condition");
            };
            expect(")");
            return condition;
        }
        Operand left = operand();
        if (acceptWord("BETWEEN")) {
            Operand low = operand();
            if (!acceptWord("AND")) {
                throw unexpected();
            }
            return new Condition.Between(left, low, operand());
        }
        if (acceptWord("IN")) {
            List<Operand> candidates = new ArrayList<>();
            expect("(");
            do {
                candidates.add(operand());
            } while (accept(","));
            expect(")");
            return new Condition.In(left, candidates);
        }
        for (Condition.Comparison comparison : Condition.Comparison.values()) {
            if (accept(comparison.sign)) {
                return new Condition.Compare(left, comparison, operand());
            }
        }
        throw unexpected();
    }

    private Update sections() {
        List<Update.Assignment> assignments = new ArrayList<>();
        List<Operand.Path> removals = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (at < tokens.size()) {
            String section = next().toUpperCase(Locale.ROOT);
            if (!seen.add(section)) {
                throw DynamoErrors.invalid("Invalid UpdateExpression: The \"" + section
                        + "\" section can only be used once in an update expression;");
            }
            do {
                switch (section) {
                    case "SET" -> {
                        Operand.Path path = path();
                        expect("=");
                        assignments.add(new Update.Assignment(path, sum()));
                    }
                    case "REMOVE" -> removals.add(path());
                    case "ADD", "DELETE" -> throw unsupported(section + " in an update");
                    default -> {
                        at--;
                        throw unexpected();
                    }
                }
            } while (accept(","));
        }
        if (seen.isEmpty()) {
            throw DynamoErrors.invalid("Invalid UpdateExpression: The expression can not be empty;");
        }
        return new Update(List.copyOf(assignments), List.copyOf(removals));
    }

    private Operand sum() {
        Operand left = term();
        if (accept("+")) {
            return new Operand.Sum(left, false, term());
        }
        return accept("-") ? new Operand.Sum(left, true, term()) : left;
    }

    private Operand term() {
        if (!isFunction()) {
            return operand();
        }
        String name = next();
        expect("(");
        Operand term = switch (name) {
            case "if_not_exists" -> {
                Operand.Path path = path();
                expect(",");
                yield new Operand.IfNotExists(path, term());
            }
            case "list_append" -> {
                Operand first = term();
                expect(",");
                yield new Operand.ListAppend(first, term());
            }
            default -> throw unsupported("the function " + name + " in an update");
        };
        expect(")");
        return term;
    }

    private boolean isFunction() {
        return at + 1 < tokens.size()
                && tokens.get(at + 1).equals("(")
                && isNamePart(tokens.get(at).charAt(0))
                && !tokens.get(at).equalsIgnoreCase("NOT");
    }

    private Operand operand() {
        if (isFunction()) {
            throw unsupported("the function " + tokens.get(at) + " as an operand");
        }
        String token = next();
        if (token.charAt(0) == ':') {
            placeholders.add(token);
            return new Operand.Value(token);
        }
        at--;
        return path();
    }

    private Operand.Path path() {
        String token = next();
        char first = token.charAt(0);
        if (first == '#') {
            placeholders.add(token);
        } else if (!isNamePart(first) || Character.isDigit(first)) {
            at--;
            throw unexpected();
        } else if (ReservedKeywords.isKeyword(token)) {
            throw DynamoErrors.invalid("Invalid expression: Attribute name is a reserved keyword; reserved keyword: "
                    + token + " in " + text);
        }
        return new Operand.Path(token);
    }

    private boolean accept(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean acceptWord(String word) {
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw unexpected();
        }
    }

    private String next() {
        if (at >= tokens.size()) {
            throw unexpected();
        }
        return tokens.get(at++);
    }

    private RuntimeException unexpected() {
        String token = at < tokens.size() ? tokens.get(at) : "<EOF>";
        return DynamoErrors.invalid("Invalid expression: Syntax error; token: \"" + token + "\" in " + text);
    }

    private UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException(what + " is not simulated, in the expression: " + text);
    }
}
