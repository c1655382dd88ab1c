package voltage.worker.dashboard;

/** Another program listens on the port asked for. The message names the port and what to do. */
public final class PortInUseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortInUseException(int port, Throwable cause) {
        super(
                "port " + port
                        + " on 127.0.0.1 is used by another program, so the dashboard cannot be served there: stop"
                        + " that program (\"ss -ltnp 'sport = :" + port
                        + "'\" names it) or choose another port with --port",
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
