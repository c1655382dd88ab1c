package voltage.local.exchange;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Map;

/** Checks the three headers that sign a request, and says no in Kalshi's words. */
final class Access {
    private final ExchangeState state;

    Access(ExchangeState state) {
        this.state = state;
    }

    /** @throws Refusal 401 */
    Account account(Map<String, String> headers, String method, String path) {
        String keyId = headers.getOrDefault("kalshi-access-key", "");
        String timestamp = headers.getOrDefault("kalshi-access-timestamp", "");
        String signature = headers.getOrDefault("kalshi-access-signature", "");
        if (keyId.isEmpty()) {
            throw Refusal.of(401, "api_key_is_missing_from_headers");
        }
        if (signature.isEmpty()) {
            throw Refusal.of(401, "signature_is_missing_from_headers");
        }
        if (timestamp.isEmpty()) {
            throw Refusal.of(401, "timestamp_is_missing_from_headers");
        }
        long millis;
        try {
            millis = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            throw Refusal.of(401, "header_timestamp_expired");
        }
        long windowMillis = WireTime.millis(state.settings.clockWindowNanos());
        if (Math.abs(millis - WireTime.millis(state.nowNanos)) > windowMillis) {
            throw Refusal.of(401, "header_timestamp_expired");
        }
        ApiKey key = state.keys.get(keyId);
        if (key == null) {
            throw Refusal.authentication("NOT_FOUND");
        }
        if (state.checksSignatures && !verifies(key.publicKey(), timestamp + method + path, signature)) {
            throw Refusal.authentication("INCORRECT_API_KEY_SIGNATURE");
        }
        return key.account();
    }

    private static boolean verifies(PublicKey key, String message, String base64) {
        try {
            Signature verifier;
            if (key.getAlgorithm().equals("RSA")) {
                verifier = Signature.getInstance("RSASSA-PSS");
                verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            } else {
                verifier = Signature.getInstance("Ed25519");
            }
            verifier.initVerify(key);
            verifier.update(message.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // a signature that cannot be read does not verify
        }
    }
}
