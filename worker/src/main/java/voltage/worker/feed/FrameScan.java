package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds single values in a JSON frame without parsing it: enough to tell a subscription from a heartbeat on a socket's thread. What is
 * no JSON has no values.
 */
final class FrameScan {
    private FrameScan() {}

    /** The text of a field of the outermost object, in whatever order its fields come; empty if there is none or it is no scalar. */
    static String topLevel(byte[] bytes, int from, int to, String name) {
        byte[] wanted = name.getBytes(US_ASCII);
        int depth = 0;
        int i = from;
        while (i < to) {
            int c = bytes[i];
            if (c == '"') {
                int end = stringEnd(bytes, i + 1, to);
                int colon = skipSpace(bytes, end + 1, to);
                boolean isName = depth == 1 && colon < to && bytes[colon] == ':';
                if (isName && matches(bytes, i + 1, end, wanted)) {
                    return scalar(bytes, skipSpace(bytes, colon + 1, to), to);
                }
                i = isName ? colon + 1 : end + 1;
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            i++;
        }
        return "";
    }

    /** The text of the first field of that name at any depth; empty if there is none or it is no scalar. */
    static String anywhere(byte[] bytes, int from, int to, String name) {
        byte[] wanted = name.getBytes(US_ASCII);
        int i = from;
        while (i < to) {
            if (bytes[i] != '"') {
                i++;
                continue;
            }
            int end = stringEnd(bytes, i + 1, to);
            int colon = skipSpace(bytes, end + 1, to);
            if (colon < to && bytes[colon] == ':' && matches(bytes, i + 1, end, wanted)) {
                return scalar(bytes, skipSpace(bytes, colon + 1, to), to);
            }
            i = end + 1;
        }
        return "";
    }

    private static boolean matches(byte[] bytes, int from, int to, byte[] wanted) {
        if (to - from != wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static String scalar(byte[] bytes, int from, int to) {
        if (from >= to || bytes[from] == '{' || bytes[from] == '[') {
            return "";
        }
        if (bytes[from] == '"') {
            int end = stringEnd(bytes, from + 1, to);
            return end > to ? "" : new String(bytes, from + 1, Math.min(end, to) - from - 1, UTF_8);
        }
        int end = from;
        while (end < to && bytes[end] != ',' && bytes[end] != '}' && bytes[end] != ']' && bytes[end] > ' ') {
            end++;
        }
        return new String(bytes, from, end - from, UTF_8);
    }

    /** The index of the closing quote, {@code to} if there is none. */
    private static int stringEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, to);
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] <= ' ') {
            i++;
        }
        return i;
    }
}
