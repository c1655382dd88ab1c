package voltage.worker.dashboard;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.net.BindException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dashboard's HTTP and WebSocket server, on this machine only. */
public final class DashboardServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final ApplicationContext context;
    private final NettyEmbeddedServer server;
    private final int port;

    private DashboardServer(ApplicationContext context, NettyEmbeddedServer server) {
        this.context = context;
        this.server = server;
        this.port = server.getPort();
    }

    /**
     * Starts serving; returns when the port is open.
     *
     * @param port 1 to 65535, or 0 for any that is free
     * @throws PortInUseException if another program has it
     */
    public static DashboardServer start(int port, DashboardSource source) throws PortInUseException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, was " + port);
        }
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .environmentPropertySource(false)
                .banner(false)
                .properties(settings(port))
                .build();
        try {
            context.start();
            context.registerSingleton(DashboardSource.class, source);
            return new DashboardServer(
                    context, context.getBean(NettyEmbeddedServer.class).start());
        } catch (RuntimeException e) {
            context.close();
            if (isPortInUse(e)) {
                throw new PortInUseException(port, e);
            }
            throw e;
        }
    }

    private static Map<String, Object> settings(int port) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("micronaut.application.name", "voltage-dashboard");
        settings.put("micronaut.server.host", LOOPBACK);
        settings.put("micronaut.server.port", port == 0 ? -1 : port);
        settings.put("micronaut.router.static-resources.page.paths", "classpath:dashboard");
        settings.put("micronaut.router.static-resources.page.mapping", "/**");
        // Without these, closing waits two seconds for stragglers.
        settings.put("micronaut.netty.event-loops.default.shutdown-quiet-period", "0s");
        settings.put("micronaut.server.netty.parent.shutdown-quiet-period", "0s");
        // A field that is null or empty is still part of the contract.
        settings.put("micronaut.serde.serialization.inclusion", "ALWAYS");
        return settings;
    }

    private static boolean isPortInUse(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            // Netty's native transports report it by an exception of their own.
            if (cause instanceof BindException || message != null && message.contains("Address already in use")) {
                return true;
            }
        }
        return false;
    }

    /** The port in use, also where 0 was asked for. */
    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://" + LOOPBACK + ":" + port + "/");
    }

    /** Closes every connection and frees the port; returns when it is free. */
    @Override
    public void close() {
        if (context.isRunning()) {
            // The plain stop() returns before the listening socket is closed.
            server.stopServerOnly();
            context.close();
        }
    }
}
