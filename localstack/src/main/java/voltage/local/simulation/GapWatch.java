package voltage.local.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which books a worker may trust, judged by nothing but the frames that reached it: after a missing sequence number none of that
 * subscription, until a new snapshot. Independent of the decoders that it is compared with.
 */
final class GapWatch {
    private final Map<Long, Long> lastSequence = new HashMap<>();
    private final Set<String> whole = new HashSet<>();
    private final Map<String, Long> bookNanos = new HashMap<>();
    private long gaps;

    /** A new connection, or the end of one: nothing is known. */
    void connected() {
        lastSequence.clear();
        whole.clear();
    }

    void frame(byte[] bytes, long nowNanos) {
        String head = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
        long sid = number(head, "\"sid\":");
        long sequence = number(head, "\"seq\":");
        if (sid < 0 || sequence < 0) {
            return;
        }
        boolean isSnapshot = head.startsWith("{\"type\":\"orderbook_snapshot\"");
        boolean isBook = isSnapshot || head.startsWith("{\"type\":\"orderbook_delta\"");
        Long last = lastSequence.get(sid);
        if (last != null && sequence > last + 1 && sid == bookSid) {
            gaps++;
            whole.clear();
        }
        if (last != null && sequence <= last) {
            return;
        }
        lastSequence.put(sid, sequence);
        if (isBook) {
            bookSid = sid;
            String ticker = ticker(head);
            if (isSnapshot) {
                whole.add(ticker);
            }
            bookNanos.put(ticker, nowNanos);
        }
    }

    private long bookSid = -1;

    private static long number(String head, String name) {
        int at = head.indexOf(name);
        if (at < 0) {
            return -1;
        }
        long value = 0;
        for (int i = at + name.length(); i < head.length() && Character.isDigit(head.charAt(i)); i++) {
            value = value * 10 + head.charAt(i) - '0';
        }
        return value;
    }

    private static String ticker(String head) {
        int at = head.indexOf("\"market_ticker\":\"");
        if (at < 0) {
            return "";
        }
        int from = at + "\"market_ticker\":\"".length();
        return head.substring(from, Math.max(from, head.indexOf('"', from)));
    }

    boolean isWhole(String ticker) {
        return whole.contains(ticker);
    }

    /** When the last frame about a market's book came; 0 for never. */
    long bookNanos(String ticker) {
        return bookNanos.getOrDefault(ticker, 0L);
    }

    long gaps() {
        return gaps;
    }
}
