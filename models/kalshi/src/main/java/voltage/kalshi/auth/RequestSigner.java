package voltage.kalshi.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/** Signs texts with a private key, as Kalshi wants it for the kind of key. The key is never shown. */
public sealed interface RequestSigner permits RequestSigner.RsaPss, RequestSigner.Ed25519 {
    /** The signature of ASCII {@code text}, in padded Base64. */
    String sign(String text);

    /** Whether {@code signature} is one of {@code text}; what an exchange does with a public key. */
    static boolean verifies(PublicKey key, String text, String signature) {
        try {
            Signature verifier =
                    key.getAlgorithm().equals("RSA") ? RsaPss.algorithm() : Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if the key is neither RSA of at least 2048 bits nor Ed25519 */
    static RequestSigner of(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa) {
            return new RsaPss(rsa);
        }
        if (key instanceof EdECPrivateKey ed && ed.getParams().getName().equals("Ed25519")) {
            return new Ed25519(ed);
        }
        throw new IllegalArgumentException("Kalshi takes RSA and Ed25519 keys, was " + key.getAlgorithm());
    }

    /**
     * Reads a key file: PEM, PKCS#1 or PKCS#8, RSA or Ed25519, without a passphrase.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it holds no such key; the message names the file and says what it holds instead
     */
    static RequestSigner ofFile(Path file) throws IOException {
        long size = Files.size(file);
        if (size > PemKeys.MAX_CHARACTERS) {
            throw new IllegalArgumentException("the key file " + file + " must be a PEM file of at most "
                    + PemKeys.MAX_CHARACTERS + " bytes, has " + size);
        }
        return ofPem(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), "the key file " + file);
    }

    /**
     * As {@link #ofFile}, from the text of a PEM file.
     *
     * @param source what to call it in messages, for example {@code secret voltage/live/kalshi}
     */
    static RequestSigner ofPem(String pem, String source) {
        return of(PemKeys.privateKey(pem, source));
    }

    /** RSASSA-PSS with SHA-256, MGF1 with SHA-256, salt of 32 bytes. */
    final class RsaPss implements RequestSigner {
        private static final int LEAST_BITS = 2048;
        private final RSAPrivateKey key;

        RsaPss(RSAPrivateKey key) {
            if (key.getModulus().bitLength() < LEAST_BITS) {
                throw new IllegalArgumentException("an RSA key must have at least " + LEAST_BITS + " bits, has "
                        + key.getModulus().bitLength());
            }
            this.key = key;
        }

        static Signature algorithm() throws GeneralSecurityException {
            Signature algorithm = Signature.getInstance("RSASSA-PSS");
            algorithm.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return algorithm;
        }

        @Override
        public String sign(String text) {
            try {
                return signed(algorithm(), key, text);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot sign with RSASSA-PSS", e);
            }
        }

        @Override
        public String toString() {
            return "RSA " + key.getModulus().bitLength() + " bits (private key not shown)";
        }
    }

    /** Plain Ed25519, what Kalshi hands out since October 2026. */
    final class Ed25519 implements RequestSigner {
        private final EdECPrivateKey key;

        Ed25519(EdECPrivateKey key) {
            this.key = key;
        }

        @Override
        public String sign(String text) {
            try {
                return signed(Signature.getInstance("Ed25519"), key, text);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot sign with Ed25519", e);
            }
        }

        @Override
        public String toString() {
            return "Ed25519 (private key not shown)";
        }
    }

    private static String signed(Signature algorithm, PrivateKey key, String text) throws GeneralSecurityException {
        algorithm.initSign(key);
        algorithm.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(algorithm.sign());
    }
}
