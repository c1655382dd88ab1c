package voltage.spot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import voltage.market.MalformedFrameException;

/**
 * A REST body with the request that it answers, as one line: {@code {"path":"/0/public/OHLC?pair=XBTUSD","body":...}}. A body does
 * not say what was asked; the journal and the decoders need it.
 *
 * @param path path and query of the request
 */
public record RestFrame(String path, Json body) {
    /** Puts a body on one line behind its path. The body is taken as it is: if it is no JSON, reading the frame fails. */
    public static byte[] wrap(String path, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + path.length() + 24);
        out.writeBytes("{\"path\":\"".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(escaped(path).getBytes(StandardCharsets.UTF_8));
        out.writeBytes("\",\"body\":".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body.length == 0 ? "null".getBytes(StandardCharsets.US_ASCII) : onOneLine(body));
        out.write('}');
        return out.toByteArray();
    }

    /** Line breaks can only be white space between tokens: inside strings JSON escapes them. */
    private static byte[] onOneLine(byte[] body) {
        byte[] line = body.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    /** Reads what {@link #wrap} wrote. */
    public static RestFrame parse(byte[] bytes, int from, int to) throws MalformedFrameException {
        Json root = Json.parse(bytes, from, to);
        return new RestFrame(root.get("path").text(), root.get("body"));
    }

    /** The path without its query. */
    public String resource() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /** The value of a parameter of the query, as it was sent. */
    public Optional<String> parameter(String name) {
        int query = path.indexOf('?');
        if (query < 0) {
            return Optional.empty();
        }
        for (String pair : path.substring(query + 1).split("&", -1)) {
            if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
                return Optional.of(pair.substring(name.length() + 1));
            }
        }
        return Optional.empty();
    }

    private static String escaped(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c < ' ' ? ' ' : c);
        }
        return out.toString();
    }
}
