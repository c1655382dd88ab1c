package voltage.local.play;

import voltage.kalshi.rest.HttpTransport;
import voltage.worker.feed.HttpGet;
import voltage.worker.feed.WebSocketTransport;
import voltage.worker.run.Endpoints;

/** How the worker and the executor reach the servers of the outside. */
interface Outside extends AutoCloseable {
    Endpoints endpoints();

    WebSocketTransport sockets();

    HttpGet http();

    HttpTransport kalshiHttp();

    /** Whether nothing is on its way; delivers what waits to be delivered. */
    boolean isQuiet();

    @Override
    void close();
}
