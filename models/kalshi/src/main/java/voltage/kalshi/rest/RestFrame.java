package voltage.kalshi.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A REST body as a frame of the feed {@code KALSHI_REST}: {@code {"path":"/markets?limit=5","body":…}}, the body as received. */
public final class RestFrame {
    private RestFrame() {}

    /**
     * @param path path and query below the base URI, for example {@code /markets/KXBTC15M-26NOV211200-00/orderbook}
     * @param body the body's bytes; one that is not JSON makes a frame that decoders call malformed
     * @throws IllegalArgumentException if the path has characters that a path does not have
     */
    public static byte[] wrap(String path, byte[] body) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
                throw new IllegalArgumentException(
                        "a path has printable characters without quotes and backslashes, was \"" + path + "\"");
            }
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream(path.length() + body.length + 24);
        frame.writeBytes(("{\"path\":\"" + path + "\",\"body\":").getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(body);
        frame.write('}');
        return frame.toByteArray();
    }
}
