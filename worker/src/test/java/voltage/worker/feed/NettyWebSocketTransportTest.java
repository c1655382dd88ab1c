package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Feed;

@Timeout(30)
@SuppressWarnings("FutureReturnValueIgnored")
class NettyWebSocketTransportTest {
    private static final String LARGE = "x".repeat(300_000);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocketTransport.Connection> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final NettyWebSocketTransport transport = new NettyWebSocketTransport();
    private URI server = URI.create("ws://unset");

    @BeforeEach
    void serve() throws InterruptedException {
        Channel channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        child.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(8_192), new TinyServer());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        server = URI.create("ws://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort());
    }

    @AfterEach
    void end() {
        transport.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Talks by script: each text it gets says what to do next. */
    private final class TinyServer extends SimpleChannelInboundHandler<Object> {
        private @Nullable WebSocketServerHandshaker handshaker;

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpRequest request) {
                upgrade(context, request);
            } else if (message instanceof TextWebSocketFrame text) {
                served.add(text.text());
                answer(context, text.text());
            } else if (message instanceof PongWebSocketFrame pong) {
                served.add("pong " + pong.content().toString(UTF_8));
            } else if (message instanceof CloseWebSocketFrame) {
                context.close();
            }
        }

        private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
            served.add(request.uri() + " key=" + request.headers().get("KEY"));
            if (request.uri().equals("/refused")) {
                context.writeAndFlush(
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.UNAUTHORIZED));
                return;
            }
            handshaker = new WebSocketServerHandshakerFactory(server.toString(), null, false, 1 << 20)
                    .newHandshaker(request);
            handshaker.handshake(context.channel(), request);
        }

        private void answer(ChannelHandlerContext context, String text) {
            switch (text) {
                case "ping me" -> send(context, new PingWebSocketFrame(Unpooled.copiedBuffer("heartbeat", UTF_8)));
                case "in pieces" -> {
                    send(context, new TextWebSocketFrame(false, 0, "{\"a\""));
                    send(context, new PingWebSocketFrame(Unpooled.copiedBuffer("between", UTF_8)));
                    send(context, new ContinuationWebSocketFrame(true, 0, ":1}"));
                }
                case "large" -> send(context, new TextWebSocketFrame(LARGE));
                case "leave" -> send(context, new CloseWebSocketFrame(1001, "restarting"));
                case "drop" -> context.channel().close();
                default -> send(context, new TextWebSocketFrame("echo " + text + "\n"));
            }
        }

        private static void send(ChannelHandlerContext context, WebSocketFrame frame) {
            context.writeAndFlush(frame, context.voidPromise());
        }
    }

    private final class Recorder implements WebSocketTransport.Listener {
        @Override
        public void opened(WebSocketTransport.Connection connection) {
            opened.add(connection);
        }

        @Override
        public void text(byte[] bytes, int from, int to) {
            heard.add(new String(bytes, from, to - from, UTF_8));
        }

        @Override
        public void alive() {
            heard.add("(alive)");
        }

        @Override
        public void closed(String reason) {
            heard.add("(closed) " + reason);
        }
    }

    private WebSocketTransport.Connection connect() throws InterruptedException {
        transport.open(server.resolve("/feed?x=1"), () -> Map.of("KEY", "secret"), new Recorder());
        return opened.take();
    }

    @Test
    void text_goes_both_ways_whole_and_headers_reach_the_server() throws InterruptedException {
        WebSocketTransport.Connection connection = connect();
        assertThat(served.take()).isEqualTo("/feed?x=1 key=secret");
        connection.send("hello");
        assertThat(heard.take()).isEqualTo("echo hello\n");
        connection.send("large");
        assertThat(heard.take()).isEqualTo(LARGE);
    }

    @Test
    void a_ping_is_answered_with_its_payload_and_counts_as_life() throws InterruptedException {
        WebSocketTransport.Connection connection = connect();
        served.take();
        connection.send("ping me");
        assertThat(served.take()).isEqualTo("ping me");
        assertThat(served.take()).isEqualTo("pong heartbeat");
        assertThat(heard.take()).isEqualTo("(alive)");
    }

    @Test
    void a_message_in_pieces_arrives_whole_although_a_ping_comes_between() throws InterruptedException {
        WebSocketTransport.Connection connection = connect();
        connection.send("in pieces");
        assertThat(heard.take()).isEqualTo("(alive)");
        assertThat(heard.take()).isEqualTo("{\"a\":1}");
    }

    @Test
    void an_end_is_told_once_with_its_reason() throws InterruptedException {
        connect().send("leave");
        assertThat(heard.take()).isEqualTo("(closed) closed by the server: 1001 restarting");
        connect().send("drop");
        assertThat(heard.take()).startsWith("(closed) ");
        WebSocketTransport.Connection connection = connect();
        connection.close();
        assertThat(heard.take()).startsWith("(closed) ");
        connection.close();
        connection.send("too late");
        assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void a_refused_upgrade_tells_its_status() throws InterruptedException {
        transport.open(server.resolve("/refused"), Map::of, new Recorder());
        assertThat(heard.take()).startsWith("(closed) HTTP 401");
    }

    @Test
    void an_address_where_nobody_listens_is_an_end() throws InterruptedException, IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        transport.open(URI.create("ws://127.0.0.1:" + port), Map::of, new Recorder());
        assertThat(heard.take()).startsWith("(closed) no connection");
    }

    @Test
    void a_feed_lives_on_the_real_transport_and_reconnects() throws InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Ingress ingress = new Ingress() {
            @Override
            public void connected(Feed feed) {
                lines.add("up");
            }

            @Override
            public void disconnected(Feed feed, String reason) {
                lines.add("down");
            }

            @Override
            public void frame(Feed feed, byte[] bytes, int from, int to) {
                lines.add(new String(bytes, from, to - from, UTF_8));
            }
        };
        try (LiveTimers timers = new LiveTimers("feed")) {
            CoinbaseFeed feed =
                    new CoinbaseFeed(server, "BTC-USD", transport, timers, ingress, new SplittableRandom(1));
            feed.start();
            assertThat(lines.take()).isEqualTo("up");
            assertThat(lines.take()).startsWith("echo {\"type\":\"subscribe\"");
            assertThat(feed.health().state()).isEqualTo(FeedState.LIVE);
            feed.stop();
            assertThat(lines.take()).isEqualTo("down");
            feed.start();
            assertThat(lines.take()).isEqualTo("up");
            assertThat(feed.health().reconnects()).isEqualTo(1);
            feed.stop();
        }
    }

    @Test
    void a_body_is_fetched_whatever_its_status_and_no_answer_is_an_exception() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(body.length > 5 ? 429 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        URI base = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        try (JdkHttpGet get = new JdkHttpGet(Duration.ofSeconds(5))) {
            HttpGet.HttpBody fine = get.get(base.resolve("/a?b"));
            assertThat(fine.status()).isEqualTo(200);
            assertThat(new String(fine.body(), UTF_8)).isEqualTo("/a?b");
            assertThat(get.get(base.resolve("/abcdefg")).status()).isEqualTo(429);
            http.stop(0);
            assertThatThrownBy(() -> get.get(base)).isInstanceOf(IOException.class);
        }
    }
}
