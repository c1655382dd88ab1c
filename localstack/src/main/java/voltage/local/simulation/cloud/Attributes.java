package voltage.local.simulation.cloud;

import java.math.BigInteger;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What DynamoDB knows about values: their sizes, their order, which are allowed. Numbers here are whole. */
final class Attributes {
    private static final int MAX_DIGITS = 38;
    private static final int LONG_DIGITS = 18;
    private static final int COLLECTION_BYTES = 3;

    private Attributes() {}

    /** Bytes of an item as DynamoDB counts them; refuses what is not simulated. */
    static int checkedSize(Map<String, AttributeValue> item) {
        int bytes = 0;
        for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
            bytes += utf8(entry.getKey()) + checkedSize(entry.getValue());
        }
        return bytes;
    }

    private static int checkedSize(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> numberSize(value.n());
            case BOOL, NUL -> 1;
            case L -> {
                int bytes = COLLECTION_BYTES;
                for (AttributeValue element : value.l()) {
                    bytes += 1 + checkedSize(element);
                }
                yield bytes;
            }
            case M -> COLLECTION_BYTES + value.m().size() + checkedSize(value.m());
            case B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new UnsupportedOperationException("values of type " + value.type() + " are not simulated");
        };
    }

    private static int numberSize(String number) {
        int digits = number.startsWith("-") ? number.length() - 1 : number.length();
        boolean plain = digits > 0;
        for (int i = number.length() - digits; i < number.length(); i++) {
            plain &= number.charAt(i) >= '0' && number.charAt(i) <= '9';
        }
        if (!plain || digits > MAX_DIGITS || (number.charAt(number.length() - digits) == '0' && number.length() > 1)) {
            throw new UnsupportedOperationException("only whole numbers of up to " + MAX_DIGITS
                    + " digits, written without leading zeros, are simulated, was \"" + number + "\"");
        }
        return (digits + 1) / 2 + 1;
    }

    static int utf8(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // The two halves of a pair make four bytes together.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    /** The order of texts is that of their UTF-8 bytes. */
    static int compareTexts(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                boolean isPairLeft = Character.isSurrogate(l);
                boolean isPairRight = Character.isSurrogate(r);
                return isPairLeft == isPairRight ? Character.compare(l, r) : isPairLeft ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Whether two values are of one type that has an order. */
    static boolean areComparable(AttributeValue left, AttributeValue right) {
        return left.type() == right.type()
                && (left.type() == AttributeValue.Type.S || left.type() == AttributeValue.Type.N);
    }

    static int compare(AttributeValue left, AttributeValue right) {
        return left.type() == AttributeValue.Type.S
                ? compareTexts(left.s(), right.s())
                : compareNumbers(left.n(), right.n());
    }

    private static int compareNumbers(String left, String right) {
        return left.length() <= LONG_DIGITS && right.length() <= LONG_DIGITS
                ? Long.compare(Long.parseLong(left), Long.parseLong(right))
                : new BigInteger(left).compareTo(new BigInteger(right));
    }

    static AttributeValue sum(String left, boolean minus, String right) {
        BigInteger l = new BigInteger(left);
        BigInteger r = new BigInteger(right);
        return AttributeValue.fromN((minus ? l.subtract(r) : l.add(r)).toString());
    }
}
