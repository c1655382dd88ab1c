package voltage.worker.feed;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket connections by Netty on one thread, with the JDK's TLS. Pings are answered at once; text is handed on as bytes, from one
 * buffer per connection.
 */
// A write that fails ends the channel, and that is heard.
@SuppressWarnings("FutureReturnValueIgnored")
public final class NettyWebSocketTransport implements WebSocketTransport, AutoCloseable {
    /** Kalshi's limit; the others send less. */
    private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    private static final int CONNECT_MILLIS = 10_000;
    private static final long CLOSE_MILLIS = 1_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SslContext tls;

    public NettyWebSocketTransport() {
        this(null);
    }

    /** @param trust whom to trust, or null for those whom the JDK trusts */
    NettyWebSocketTransport(@Nullable TrustManagerFactory trust) {
        try {
            SslContextBuilder client =
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
            tls = (trust == null ? client : client.trustManager(trust)).build();
        } catch (SSLException e) {
            throw new IllegalStateException("this JDK offers no TLS client", e);
        }
    }

    @Override
    public void open(URI uri, Supplier<Map<String, String>> headers, Listener listener) {
        boolean isSecure = "wss".equals(uri.getScheme());
        String host = Objects.requireNonNull(uri.getHost(), "a WebSocket address needs a host");
        int port = uri.getPort() >= 0 ? uri.getPort() : isSecure ? 443 : 80;
        HttpHeaders extra = new DefaultHttpHeaders();
        headers.get().forEach(extra::set);
        WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                uri, WebSocketVersion.V13, null, false, extra, LARGEST_MESSAGE);
        Frames frames = new Frames(handshaker, listener);
        ChannelFuture attempt = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (isSecure) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), host, port));
                        }
                        channel.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new RefusalCheck(frames),
                                        new HttpObjectAggregator(64 * 1024),
                                        new WebSocketFrameAggregator(LARGEST_MESSAGE),
                                        frames);
                    }
                })
                .connect(host, port);
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                frames.end("no connection: " + done.cause().getMessage());
            }
        });
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    }

    /** A refusal counts at its first line: its body may be large or never end. */
    private static final class RefusalCheck extends ChannelInboundHandlerAdapter {
        private final Frames frames;

        RefusalCheck(Frames frames) {
            this.frames = frames;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response && response.status().code() != 101) {
                ReferenceCountUtil.release(message);
                frames.fail(context, "HTTP " + response.status().code() + ": the upgrade was refused");
                return;
            }
            context.fireChannelRead(message);
        }
    }

    private static final class Frames extends SimpleChannelInboundHandler<Object> {
        private final WebSocketClientHandshaker handshaker;
        private final Listener listener;
        private byte[] text = new byte[16 * 1024];
        private boolean hasEnded;
        private boolean isUpgraded;
        private String reason = "the server ended the connection";

        Frames(WebSocketClientHandshaker handshaker, Listener listener) {
            this.handshaker = handshaker;
            this.listener = listener;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            // A server that takes the connection and never answers would otherwise hold it for good.
            context.executor()
                    .schedule(
                            () -> {
                                if (!isUpgraded) {
                                    fail(context, "no upgrade within " + CONNECT_MILLIS + " ms");
                                }
                            },
                            CONNECT_MILLIS,
                            TimeUnit.MILLISECONDS);
            handshaker.handshake(context.channel()).addListener(sent -> {
                if (!sent.isSuccess()) {
                    fail(context, String.valueOf(sent.cause().getMessage()));
                }
            });
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpResponse response) {
                upgraded(context.channel(), response);
            } else if (message instanceof WebSocketFrame frame) {
                frame(context, frame);
            }
        }

        private void upgraded(Channel channel, FullHttpResponse response) {
            handshaker.finishHandshake(channel, response);
            isUpgraded = true;
            listener.opened(new Open(channel));
        }

        private void frame(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame) {
                ByteBuf content = frame.content();
                int length = content.readableBytes();
                if (content.hasArray()) {
                    int from = content.arrayOffset() + content.readerIndex();
                    listener.text(content.array(), from, from + length);
                    return;
                }
                if (length > text.length) {
                    text = new byte[Math.max(length, 2 * text.length)];
                }
                content.getBytes(content.readerIndex(), text, 0, length);
                listener.text(text, 0, length);
            } else if (frame instanceof PingWebSocketFrame) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
                listener.alive();
            } else if (frame instanceof CloseWebSocketFrame close) {
                fail(context, "closed by the server: " + close.statusCode() + " " + close.reasonText());
            } else {
                listener.alive();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(reason);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(context, String.valueOf(cause));
        }

        private void fail(ChannelHandlerContext context, String why) {
            reason = why;
            context.close();
        }

        void end(String why) {
            if (!hasEnded) {
                hasEnded = true;
                listener.closed(why);
            }
        }
    }

    private record Open(Channel channel) implements Connection {
        @Override
        public void send(String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
        }

        @Override
        public void close() {
            if (!channel.isActive()) {
                return;
            }
            channel.writeAndFlush(new CloseWebSocketFrame());
            // A peer that is gone will not take leave.
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
