package voltage.local.play;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.LongSupplier;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.RequestSigner;
import voltage.local.exchange.Credentials;
import voltage.local.exchange.ExchangeSettings;
import voltage.local.exchange.FileJournal;
import voltage.local.exchange.LocalExchange;
import voltage.local.session.Session;

/** The local exchange as a run needs it: with one funded account, and kept on disk so that it outlives the process. */
final class ExchangeHome implements AutoCloseable {
    static final String ACCOUNT = "voltage";

    private final FileJournal journal;
    private final LocalExchange exchange;
    private final ApiKey key;

    private ExchangeHome(FileJournal journal, LocalExchange exchange, ApiKey key) {
        this.journal = journal;
        this.exchange = exchange;
        this.key = key;
    }

    /**
     * Opens the exchange, continuing from its log if there is one.
     *
     * @param cashE6 what the account starts with
     */
    static ExchangeHome open(Path log, Path keyFile, Session session, LongSupplier nanos, long cashE6)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        List<String> lines = Files.exists(log) ? FileJournal.lines(log) : List.of();
        boolean isKnown = !lines.isEmpty() && Files.exists(keyFile);
        FileJournal journal = FileJournal.open(log);
        if (isKnown) {
            LocalExchange exchange =
                    LocalExchange.recover(ExchangeSettings.defaults(), nanos, journal, lines, session.markets());
            return served(session, new ExchangeHome(journal, exchange, key(keyFile)));
        }
        LocalExchange exchange = new LocalExchange(ExchangeSettings.defaults(), nanos, journal);
        exchange.addMarkets(session.markets());
        Credentials credentials = exchange.createAccount(ACCOUNT, cashE6);
        writeSecret(keyFile, credentials.keyId() + "\n" + credentials.privateKeyPem());
        return served(session, new ExchangeHome(journal, exchange, key(keyFile)));
    }

    private static ExchangeHome served(Session session, ExchangeHome home) {
        home.exchange.serveIndex(session.source() == Session.Source.SIMULATED);
        return home;
    }

    private static void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    /** First line the key's id, then the key. */
    private static ApiKey key(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int end = text.indexOf('\n');
        return new ApiKey(text.substring(0, end), RequestSigner.ofPem(text.substring(end + 1), file.toString()));
    }

    LocalExchange exchange() {
        return exchange;
    }

    ApiKey key() {
        return key;
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
