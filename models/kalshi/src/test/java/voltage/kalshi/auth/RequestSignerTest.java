package voltage.kalshi.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RequestSignerTest {
    private static final String TEXT = "1781159370000GET/trade-api/v2/portfolio/balance";
    private static KeyPair rsa;
    private static KeyPair ed25519;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
        ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** The key inside a PKCS#8 structure of RSA: what stands after its fixed head of 26 bytes. */
    private static byte[] pkcs1(KeyPair pair) {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        return Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
    }

    @Test
    void rsa_keys_sign_in_both_formats() {
        for (String pem :
                new String[] {pem("PRIVATE KEY", rsa.getPrivate().getEncoded()), pem("RSA PRIVATE KEY", pkcs1(rsa))}) {
            RequestSigner signer = RequestSigner.ofPem(pem, "test");
            assertThat(signer).isInstanceOf(RequestSigner.RsaPss.class);
            String signature = signer.sign(TEXT);
            assertThat(RequestSigner.verifies(rsa.getPublic(), TEXT, signature)).isTrue();
            assertThat(RequestSigner.verifies(rsa.getPublic(), TEXT + "?a=b", signature))
                    .isFalse();
            assertThat(Base64.getDecoder().decode(signature)).hasSize(256);
            assertThat(signer.sign(TEXT)).as("the salt is random").isNotEqualTo(signature);
        }
    }

    @Test
    void ed25519_keys_sign() {
        RequestSigner signer =
                RequestSigner.ofPem(pem("PRIVATE KEY", ed25519.getPrivate().getEncoded()), "test");
        assertThat(signer).isInstanceOf(RequestSigner.Ed25519.class);
        String signature = signer.sign(TEXT);
        assertThat(RequestSigner.verifies(ed25519.getPublic(), TEXT, signature)).isTrue();
        assertThat(RequestSigner.verifies(ed25519.getPublic(), TEXT, "no signature"))
                .isFalse();
        assertThat(RequestSigner.verifies(rsa.getPublic(), TEXT, signature)).isFalse();
    }

    @Test
    void ed25519_gives_the_signature_of_rfc_8032() {
        byte[] seed = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] pkcs8 = HexFormat.of()
                .parseHex("302e020100300506032b657004220420" + HexFormat.of().formatHex(seed));
        byte[] signature = HexFormat.of()
                .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertThat(RequestSigner.ofPem(pem("PRIVATE KEY", pkcs8), "test").sign("r"))
                .isEqualTo(Base64.getEncoder().encodeToString(signature));
    }

    @Test
    void a_key_file_may_have_windows_line_ends_or_escaped_ones(@TempDir Path folder) throws IOException {
        String pem = pem("PRIVATE KEY", ed25519.getPrivate().getEncoded());
        Path file = folder.resolve("key.pem");
        Files.writeString(file, "# comment\r\n" + pem.replace("\n", "\r\n"));
        String signature = RequestSigner.ofFile(file).sign(TEXT);
        assertThat(RequestSigner.verifies(ed25519.getPublic(), TEXT, signature)).isTrue();
        assertThat(RequestSigner.ofPem(pem.replace("\n", "\\n"), "secret").sign(TEXT))
                .isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|but is empty",
                "hello|but holds no PEM block",
                "-----BEGIN PUBLIC KEY-----~AAAA~-----END PUBLIC KEY-----|but holds a public key",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----~AAAA~-----END ENCRYPTED PRIVATE KEY-----|is encrypted",
                "-----BEGIN OPENSSH PRIVATE KEY-----~AAAA~-----END OPENSSH PRIVATE KEY-----|OpenSSH",
                "-----BEGIN EC PRIVATE KEY-----~AAAA~-----END EC PRIVATE KEY-----|ECDSA",
                "-----BEGIN PRIVATE KEY-----~AAAA|cut off",
                "-----BEGIN PRIVATE KEY-----~AAAA~-----END PRIVATE KEY-----|neither RSA nor Ed25519",
                "-----BEGIN RSA PRIVATE KEY-----~AAAA~-----END RSA PRIVATE KEY-----|neither RSA nor Ed25519"
            })
    void a_wrong_file_is_named_with_what_it_holds(String text, String expected, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("wrong.pem");
        Files.writeString(file, text.replace('~', '\n'));
        assertThatThrownBy(() -> RequestSigner.ofFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(expected);
    }

    @Test
    void short_rsa_and_other_curves_are_refused() throws GeneralSecurityException {
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        assertThatThrownBy(() -> RequestSigner.of(weak.generateKeyPair().getPrivate()))
                .hasMessageContaining("2048 bits, has 1024");
        KeyPair ed448 = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        assertThatThrownBy(() -> RequestSigner.of(ed448.getPrivate())).hasMessageContaining("RSA and Ed25519");
    }

    @Test
    void the_headers_sign_time_method_and_path() {
        ApiKey key = new ApiKey("a952bcbe-ec3b-4b5b-b8f9-11dae589608c", RequestSigner.of(ed25519.getPrivate()));
        Map<String, String> headers =
                new SignedHeaders(key).of("GET", "/trade-api/v2/portfolio/balance", 1_781_159_370_000L);
        assertThat(headers)
                .containsEntry("KALSHI-ACCESS-KEY", "a952bcbe-ec3b-4b5b-b8f9-11dae589608c")
                .containsEntry("KALSHI-ACCESS-TIMESTAMP", "1781159370000")
                .hasSize(3);
        String signature = headers.getOrDefault("KALSHI-ACCESS-SIGNATURE", "");
        assertThat(RequestSigner.verifies(ed25519.getPublic(), TEXT, signature)).isTrue();
        assertThatThrownBy(() -> new SignedHeaders(key).of("GET", "/a?b=c", 0)).hasMessageContaining("/a?b=c");
    }

    @Test
    void secrets_are_masked() {
        ApiKey key = new ApiKey("a952bcbe-ec3b-4b5b-b8f9-11dae589608c", RequestSigner.of(rsa.getPrivate()));
        assertThat(key + " " + new SignedHeaders(key))
                .contains("a952…")
                .contains("RSA 2048 bits")
                .doesNotContain("ec3b");
        assertThatThrownBy(() -> new ApiKey(" x ", key.signer())).hasMessageContaining("without spaces");
    }
}
