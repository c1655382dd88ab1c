package voltage.local.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before the local exchange's port and passes bytes on, to know when a request reaches the socket: the moment a read returns its
 * first bytes. What happens behind it costs the measured request nothing.
 */
final class Relay implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final ServerSocket server;
    private final int target;
    private final AtomicLong postNanos = new AtomicLong();

    private Relay(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** @param target the port on this machine that everything goes to */
    static Relay start(int target) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.ofPlatform().name("bench-relay").daemon(true).start(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    /** {@link System#nanoTime()} at which the newest POST began to arrive. */
    long newestPostNanos() {
        return postNanos.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                Socket exchange = new Socket(InetAddress.getLoopbackAddress(), target);
                exchange.setTcpNoDelay(true);
                Thread.ofPlatform().name("bench-relay-to").daemon(true).start(() -> pass(client, exchange, true));
                Thread.ofPlatform().name("bench-relay-from").daemon(true).start(() -> pass(exchange, client, false));
            } catch (IOException e) {
                // Closed, or a connection that did not come about: the client's request fails, which is seen there.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean isRequest) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (isRequest && count > 4 && buffer[0] == 'P' && buffer[1] == 'O' && buffer[2] == 'S') {
                    postNanos.set(System.nanoTime());
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One side has gone; closing both tells the other.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
