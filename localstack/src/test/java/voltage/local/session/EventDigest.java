package voltage.local.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 over all of a session: markets, histories, events. */
final class EventDigest {
    private final MessageDigest digest;

    private EventDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String of(Session session) {
        EventDigest digest = new EventDigest();
        session.markets().forEach(digest::add);
        session.venues().forEach(venue -> session.history(venue).forEach(digest::add));
        try (Session.EventCursor cursor = session.open()) {
            cursor.forEachRemaining(event -> {
                if (event instanceof SessionEvent.BookImage image) {
                    digest.add(image.atNanos()
                            + image.ticker()
                            + Arrays.toString(image.yesPricesE4())
                            + Arrays.toString(image.yesCountsE2())
                            + Arrays.toString(image.noPricesE4())
                            + Arrays.toString(image.noCountsE2()));
                } else {
                    digest.add(event);
                }
            });
        }
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(Object item) {
        digest.update(item.toString().getBytes(StandardCharsets.UTF_8));
    }
}
