package voltage.local.net;

import java.io.IOException;

/** A server's port is taken by another program. */
public final class PortInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(int port, Throwable cause) {
        super("port " + port + " is in use; stop the program that listens there or name another port", cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
