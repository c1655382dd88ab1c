package voltage.local.net;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: HTTP requests, and after an upgrade a WebSocket. Lives on one network thread. */
final class ServerConnection extends SimpleChannelInboundHandler<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final Handler handler;
    private final Traffic traffic;
    private @Nullable Stream stream;
    private @Nullable SocketOutbound outbound;

    ServerConnection(Handler handler, Traffic traffic) {
        this.handler = handler;
        this.traffic = traffic;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
        if (message instanceof FullHttpRequest request) {
            if (request.decoderResult().isFailure()) {
                answer(context, request, Response.text(400, "text/plain", "this is not HTTP"));
                context.close();
            } else if (HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                    request.headers().get(HttpHeaderNames.UPGRADE, ""))) {
                upgrade(context, request);
            } else {
                answer(context, request, respond(request));
            }
        } else if (message instanceof TextWebSocketFrame frame) {
            received(frame.text());
        } else if (message instanceof PingWebSocketFrame ping) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (message instanceof CloseWebSocketFrame close) {
            context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        } else if (!(message instanceof WebSocketFrame)) {
            context.close();
        }
    }

    private Response respond(FullHttpRequest request) {
        try {
            return handler.http(convert(request));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.uri(), e);
            return Response.json(500, "{\"error\":{\"code\":\"internal_error\",\"message\":\"internal error\"}}");
        }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://" + request.headers().get(HttpHeaderNames.HOST, "localhost") + request.uri(),
                        null,
                        true,
                        MAX_FRAME_BYTES)
                .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        SocketOutbound out = new SocketOutbound(context, traffic);
        Handler.Upgrade upgrade;
        try {
            upgrade = handler.webSocket(convert(request), out);
        } catch (RuntimeException e) {
            LOG.error("the handshake of {} failed", request.uri(), e);
            upgrade = new Handler.Upgrade.Refused(Response.text(500, "text/plain", "internal error"));
        }
        switch (upgrade) {
            case Handler.Upgrade.Refused refused -> answer(context, request, refused.response());
            case Handler.Upgrade.Accepted accepted -> {
                stream = accepted.stream();
                outbound = out;
                handshaker.handshake(context.channel(), request).addListener(done -> {
                    if (done.isSuccess()) {
                        out.open();
                    } else {
                        context.close();
                    }
                });
                context.pipeline()
                        .addBefore(context.name(), "aggregator", new WebSocketFrameAggregator(MAX_FRAME_BYTES));
            }
        }
    }

    private void received(String text) {
        Stream open = stream;
        try {
            if (open != null) {
                open.text(text);
            }
        } catch (RuntimeException e) {
            LOG.error("a frame failed: {}", text, e);
        } finally {
            traffic.received();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        SocketOutbound out = outbound;
        if (out != null) {
            out.gone();
        }
        Stream open = stream;
        stream = null;
        if (open != null) {
            open.closed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection {} failed", context.channel(), cause);
        context.close();
    }

    private static void answer(ChannelHandlerContext context, FullHttpRequest request, Response response) {
        if (response.isWithheld()) {
            return;
        }
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(response.body()));
        response.headers().forEach((name, value) -> answer.headers().set(name, value));
        if (response.status() != 204) {
            answer.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        answer.headers()
                .set(HttpHeaderNames.CONNECTION, keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        var written = context.writeAndFlush(answer);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static Request convert(FullHttpRequest request) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
        return new Request(
                request.method().name(),
                mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? "" : uri.substring(mark + 1),
                headers,
                ByteBufUtil.getBytes(request.content()));
    }
}
