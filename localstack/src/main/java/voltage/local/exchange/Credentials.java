package voltage.local.exchange;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * What a client needs to sign its requests.
 *
 * @param privateKeyPem PKCS#8
 */
public record Credentials(String keyId, String privateKeyPem) {
    /** Kinds of keys that Kalshi accepts. */
    public enum Algorithm {
        RSA("RSA"),
        ED25519("Ed25519");

        final String label;

        Algorithm(String label) {
            this.label = label;
        }
    }

    static KeyPair generate(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.label);
            if (algorithm == Algorithm.RSA) {
                generator.initialize(2_048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm.label + " keys", e);
        }
    }

    static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    static PublicKey publicKey(String algorithm, String base64) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a public key of the exchange's journal cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[keyId=" + keyId + ", privateKeyPem=***]";
    }
}
