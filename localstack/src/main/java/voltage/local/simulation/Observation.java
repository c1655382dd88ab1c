package voltage.local.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import voltage.engine.Decision;

/** SHA-256 over everything that can be observed of a run: exchange, ledger, reports, decisions. */
final class Observation {
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(256);

    Observation() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void text(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    void bytes(byte[] bytes) {
        digest.update(bytes);
        digest.update((byte) '\n');
    }

    void decision(Decision decision) {
        buffer.clear();
        add(buffer, decision);
        digest.update(buffer.array(), 0, buffer.position());
        decision.commandId().ifPresent(this::text);
    }

    /** What a decision comes to, without its words. */
    static void add(ByteBuffer buffer, Decision decision) {
        buffer.putLong(decision.sequence())
                .putLong(decision.nanos())
                .putInt(decision.ticker().hashCode())
                .put((byte) decision.verdict().ordinal())
                .put((byte)
                        decision.firstFailing().map(Enum::ordinal).orElse(-1).intValue())
                .putInt(decision.fairYesE6())
                .putInt(decision.shrunkYesE6())
                .putInt(decision.yesBidE4())
                .putInt(decision.yesAskE4())
                .putLong(decision.spotE4())
                .putLong(decision.strikeE4())
                .putLong(decision.volatilityE9())
                .putInt(decision.edgeE4())
                .putLong(decision.sizing().sentE2())
                .putLong(decision.positionE2());
    }

    /** Ends it. */
    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
