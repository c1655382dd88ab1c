package voltage.local.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** HTTP and WebSocket on one port of the loopback interface. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int THREADS = 2;

    private final EventLoopGroup threads;
    private final ChannelGroup connections;
    private final int port;

    private HttpServer(EventLoopGroup threads, ChannelGroup connections, int port) {
        this.threads = threads;
        this.connections = connections;
        this.port = port;
    }

    /** As {@link #start(int, Handler, Traffic)}, for servers whose frames nobody counts. */
    public static HttpServer start(int port, Handler handler) throws IOException {
        return start(port, handler, new Traffic());
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @param traffic told of every text frame; shared with the clients of the same process, if any
     * @throws PortInUseException if another program has the port
     */
    public static HttpServer start(int port, Handler handler, Traffic traffic) throws IOException {
        EventLoopGroup threads = new MultiThreadIoEventLoopGroup(
                THREADS, new DefaultThreadFactory("local-server", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(new FlushConsolidationHandler(64, true))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                .addLast(new ServerConnection(handler, traffic));
                    }
                });
        try {
            Channel listener = bootstrap
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .sync()
                    .channel();
            connections.add(listener);
            return new HttpServer(threads, connections, ((InetSocketAddress) listener.localAddress()).getPort());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            threads.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw (IOException) new InterruptedIOException("interrupted while opening port " + port).initCause(e);
        } catch (Exception e) { // Netty throws the checked BindException undeclared
            threads.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            if (e instanceof BindException) {
                throw new PortInUseException(port, e);
            }
            throw new IOException("cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    /** Closes every connection and the port. */
    @Override
    public void close() {
        connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
