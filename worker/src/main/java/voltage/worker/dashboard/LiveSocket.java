package voltage.worker.dashboard;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The live socket: it only talks. */
@ServerWebSocket("/api/live")
final class LiveSocket {
    private final LivePublisher publisher;

    LiveSocket(LivePublisher publisher) {
        this.publisher = publisher;
    }

    @OnOpen
    void opened(WebSocketSession session) {
        publisher.join(session.getId(), new LiveClient(session::sendAsync, () -> drop(session)));
    }

    private static void drop(WebSocketSession session) {
        if (session.isOpen()) {
            session.close(CloseReason.TRY_AGAIN_LATER);
        }
    }

    @OnMessage
    void received(@SuppressWarnings("unused") String message, @SuppressWarnings("unused") WebSocketSession session) {
        // Nothing is expected from the page.
    }

    @OnClose
    void closed(WebSocketSession session) {
        publisher.leave(session.getId());
    }

    @OnError
    void failed(WebSocketSession session, @SuppressWarnings("unused") Throwable failure) {
        publisher.leave(session.getId());
    }
}
