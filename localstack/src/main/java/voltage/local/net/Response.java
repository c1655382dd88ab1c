package voltage.local.net;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An HTTP answer. */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Response(int status, Map<String, String> headers, byte[] body) {
    private static final int WITHHELD = 0;

    public static Response json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Response json(int status, byte[] body) {
        return new Response(status, Map.of("content-type", "application/json"), body);
    }

    public static Response text(int status, String contentType, String body) {
        return new Response(status, Map.of("content-type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    /** No answer at all: the client waits until it gives up. For the simulation of lost answers. */
    public static Response withheld() {
        return new Response(WITHHELD, Map.of(), new byte[0]);
    }

    /** The same with one header more. */
    public Response with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    public boolean isWithheld() {
        return status == WITHHELD;
    }
}
