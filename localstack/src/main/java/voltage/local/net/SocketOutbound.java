package voltage.local.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writes frames to a socket, in the order of the calls; holds them back until the handshake has been answered. */
final class SocketOutbound implements Outbound {
    private final ChannelHandlerContext context;
    private final Traffic traffic;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final List<WebSocketFrame> held = new ArrayList<>();
    private boolean open;
    private boolean gone;

    SocketOutbound(ChannelHandlerContext context, Traffic traffic) {
        this.context = context;
        this.traffic = traffic;
    }

    @Override
    public void text(String text) {
        send(new TextWebSocketFrame(text));
    }

    @Override
    public void ping(byte[] payload) {
        send(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload)));
    }

    @Override
    public void close(int code, String reason) {
        send(new CloseWebSocketFrame(code, shortened(reason)));
    }

    @Override
    public long pendingBytes() {
        return pendingBytes.get();
    }

    private synchronized void send(WebSocketFrame frame) {
        if (gone) {
            frame.release();
            return;
        }
        if (frame instanceof TextWebSocketFrame) {
            traffic.sent();
        }
        if (open) {
            write(frame);
        } else {
            held.add(frame);
        }
    }

    synchronized void open() {
        open = true;
        held.forEach(this::write);
        held.clear();
    }

    synchronized void gone() {
        gone = true;
        for (WebSocketFrame frame : held) {
            frame.release();
            if (frame instanceof TextWebSocketFrame) {
                traffic.received(); // it will never arrive
            }
        }
        held.clear();
    }

    private void write(WebSocketFrame frame) {
        int bytes = frame.content().readableBytes();
        boolean text = frame instanceof TextWebSocketFrame;
        pendingBytes.addAndGet(bytes);
        var written = context.writeAndFlush(frame);
        written.addListener(done -> {
            pendingBytes.addAndGet(-bytes);
            if (text && !done.isSuccess()) {
                traffic.received(); // it will never arrive
            }
        });
        if (frame instanceof CloseWebSocketFrame) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** A close reason has at most 123 bytes. */
    private static String shortened(String reason) {
        return reason.getBytes(StandardCharsets.UTF_8).length <= 123 ? reason : reason.substring(0, 30);
    }
}
