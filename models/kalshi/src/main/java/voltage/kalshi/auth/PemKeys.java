package voltage.kalshi.auth;

import java.io.ByteArrayOutputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys from PEM text. Messages never quote the text, which may be a secret. */
final class PemKeys {
    static final int MAX_CHARACTERS = 65_536;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Pattern ANY_LABEL = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----");

    /** Version 0 and the algorithm rsaEncryption with no parameters, as PKCS#8 has them before the key. */
    private static final byte[] RSA_PREFIX = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private PemKeys() {}

    static PrivateKey privateKey(String pem, String source) {
        // A secret kept in one line often has its line ends written as \n.
        String text = pem.replace("\\n", "\n");
        Matcher block = BLOCK.matcher(text);
        while (text.length() <= MAX_CHARACTERS && block.find()) {
            String label = block.group(1);
            switch (label) {
                case "PRIVATE KEY" -> {
                    return pkcs8(base64(block.group(2), source), source);
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(fromPkcs1(base64(block.group(2), source)), source);
                }
                default -> {
                    // A certificate or parameters may stand before the key.
                }
            }
        }
        throw new IllegalArgumentException(
                source + " must hold a private key in PEM (\"BEGIN PRIVATE KEY\" or "
                        + "\"BEGIN RSA PRIVATE KEY\"), " + whatItHolds(text)
                        + ". Download the key from Kalshi's account page again, or convert it with: openssl pkcs8 -topk8 -nocrypt");
    }

    private static String whatItHolds(String text) {
        Matcher label = ANY_LABEL.matcher(text);
        if (!label.find()) {
            return text.isBlank() ? "but is empty" : "but holds no PEM block";
        }
        return switch (label.group(1)) {
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> "but holds a public key";
            case "CERTIFICATE" -> "but holds a certificate";
            case "ENCRYPTED PRIVATE KEY" -> "but the key in it is encrypted";
            case "OPENSSH PRIVATE KEY" -> "but holds a key in OpenSSH's own format";
            case "EC PRIVATE KEY" -> "but holds an ECDSA key, which Kalshi does not take";
            case "RSA PRIVATE KEY", "PRIVATE KEY" -> "but the key in it is cut off or encrypted";
            default -> "but holds a block of another kind";
        };
    }

    private static byte[] base64(String text, String source) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException(source + " holds a damaged key: its Base64 does not decode", damaged);
        }
    }

    private static PrivateKey pkcs8(byte[] der, String source) {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
        for (String algorithm : new String[] {"RSA", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException notThisKind) {
                // the other kind, or neither
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JDK knows no " + algorithm + " keys", e);
            }
        }
        throw new IllegalArgumentException(source
                + " holds a private key that is neither RSA nor Ed25519, or is damaged; Kalshi takes only these two");
    }

    private static byte[] fromPkcs1(byte[] key) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(RSA_PREFIX);
        element(body, 0x04, key);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        element(whole, 0x30, body.toByteArray());
        return whole.toByteArray();
    }

    /** A DER element: tag, length, content. */
    private static void element(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >>> 8);
            out.write(length);
        }
        out.writeBytes(content);
    }
}
