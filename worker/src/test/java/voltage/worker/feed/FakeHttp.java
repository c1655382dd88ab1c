package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Answers every request from a function of its path and query; an answer that begins with a status is an error, null no answer. */
final class FakeHttp implements HttpGet {
    final List<String> asked = new ArrayList<>();
    private final UnaryOperator<String> answers;

    FakeHttp(UnaryOperator<String> answers) {
        this.answers = answers;
    }

    @Override
    public HttpBody get(URI uri) throws IOException {
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        asked.add(path);
        String answer = answers.apply(path);
        if (answer.equals("none")) {
            throw new IOException("connection refused");
        }
        return answer.startsWith("5") || answer.startsWith("4")
                ? new HttpBody(Integer.parseInt(answer), new byte[0])
                : new HttpBody(200, answer.getBytes(UTF_8));
    }
}
