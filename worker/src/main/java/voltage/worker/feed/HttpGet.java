package voltage.worker.feed;

import java.io.IOException;
import java.net.URI;

/** HTTP GETs for backfill and polling. */
public interface HttpGet {
    /** Waits for the answer. */
    HttpBody get(URI uri) throws IOException;

    /** An answer of any status. */
    record HttpBody(int status, byte[] body) {}
}
