package voltage.local.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Turns a folder of recordings into session folders, one per contiguous capture: {@code ./voltage import}. The folder has captures
 * under {@code kalshi_ws_*}; Coinbase trades under {@code coinbase_ticks_*}, Binance candles under {@code btc_1m} and markets under
 * {@code kxbtc15m_markets} are used where present. Importing again gives the same bytes.
 */
public final class SessionImport {
    private final Path data;
    private final Path out;
    private final ImportProgress progress;
    private final ImportProblems problems = new ImportProblems();
    private final SortedMap<Path, String> digests = new TreeMap<>();
    private int filesRead;
    private int filesToRead;

    public SessionImport(Path data, Path out, ImportProgress progress) {
        this.data = data;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Imports everything. Bad input is named in the result and the rest goes on.
     *
     * @throws SessionException if the folder has no captures, or the sessions cannot be written
     */
    public ImportResult run() throws SessionException {
        if (!Files.isDirectory(data)) {
            throw new SessionException(data + (Files.exists(data) ? " is no folder" : " does not exist")
                    + "; --data needs a folder with captures under kalshi_ws_*");
        }
        List<Path> captures = files(
                name -> name.startsWith("kalshi_ws_"), name -> name.endsWith(".jsonl") || name.endsWith(".jsonl.gz"));
        if (captures.isEmpty()) {
            throw new SessionException(
                    data + " has no captures: files *.jsonl.gz in a folder kalshi_ws_* were expected; "
                            + "--data needs the folder above it");
        }
        try {
            Files.createDirectories(out);
            return read(captures);
        } catch (SessionException e) {
            throw e;
        } catch (IOException e) {
            throw new SessionException(
                    "the import into " + out + " failed: " + reason(e)
                            + "; make room or give another --out, then import again",
                    e);
        }
    }

    private ImportResult read(List<Path> captures) throws IOException {
        Predicate<String> isTable = name -> name.endsWith(".csv") || name.endsWith(".csv.gz");
        List<Path> marketFiles = files("kxbtc15m_markets"::equals, isTable);
        List<Path> indexes = files(name -> name.startsWith("kalshi_ws_"), "index.csv"::equals);
        List<Path> candleFiles = files("btc_1m"::equals, isTable);
        List<Path> tickFiles = files(name -> name.startsWith("coinbase_ticks_"), isTable);
        filesToRead = captures.size() + marketFiles.size() + indexes.size() + candleFiles.size() + tickFiles.size();

        MarketTable markets = new MarketTable();
        for (Path file : marketFiles) {
            reading(file);
            markets.readMarkets(file, problems);
        }
        for (Path file : indexes) {
            reading(file);
            markets.readIndex(file, problems);
        }
        CandleTable candles = new CandleTable();
        for (Path capture : captures) {
            wantFrom(capture, candles);
        }
        for (Path file : candleFiles) {
            reading(file);
            candles.read(file, problems);
        }
        for (Path file : tickFiles) {
            reading(file);
        }
        nameMissing(markets, candles, tickFiles);

        List<ImportResult.ImportedSession> sessions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        SortedMap<String, String> shared = new TreeMap<>();
        digests.forEach((file, digest) -> shared.put(key(file), digest));
        try (TickSource ticks = new TickSource(tickFiles, problems)) {
            for (Path capture : captures) {
                reading(capture);
                SortedMap<String, String> inputs = new TreeMap<>(shared);
                inputs.put(key(capture), String.valueOf(digests.get(capture)));
                List<ImportResult.ImportedSession> imported =
                        new CaptureImport(capture, out, markets, candles, ticks, inputs, names, problems).run();
                if (imported.isEmpty()) {
                    problems.add(capture + ": no session could be made of this capture");
                }
                imported.forEach(progress::wrote);
                sessions.addAll(imported);
            }
        }
        return new ImportResult(List.copyOf(sessions), List.copyOf(problems.all()));
    }

    /** Candles are read before the captures; so that only the needed ones are kept, each capture's first frame is looked up. */
    private static void wantFrom(Path capture, CandleTable candles) throws IOException {
        try (LineReader lines = new LineReader(capture)) {
            while (lines.next()) {
                try {
                    candles.want(
                            CaptureFrame.parse(lines.bytes(), lines.length()).receivedNanos());
                    return;
                } catch (IllegalArgumentException e) {
                    // Counted and named when the capture itself is read.
                    continue;
                }
            }
        }
    }

    private void nameMissing(MarketTable markets, CandleTable candles, List<Path> tickFiles) {
        if (markets.isEmpty()) {
            problems.add(data.resolve("kxbtc15m_markets")
                    + " is missing or empty: without the markets' times and results no session can be made");
        }
        if (tickFiles.isEmpty()) {
            problems.add(data + " has no coinbase_ticks_*: the sessions will have no Coinbase trades");
        }
        if (candles.isEmpty()) {
            problems.add(
                    data.resolve("btc_1m")
                            + " is missing or has no candles of the captures' times: the sessions will have no Binance candles");
        }
    }

    private void reading(Path file) {
        filesRead++;
        progress.reading(file, filesRead, filesToRead);
        try {
            digests.put(file, sha256(file));
        } catch (IOException e) {
            // Whoever reads the file says what is wrong with it.
            digests.put(file, "unreadable");
        }
    }

    /** Files in folders of the data folder, both sorted by name. */
    private List<Path> files(Predicate<String> isFolder, Predicate<String> isFile) throws SessionException {
        List<Path> found = new ArrayList<>();
        for (Path folder : entries(data)) {
            if (Files.isDirectory(folder) && isFolder.test(folder.getFileName().toString())) {
                for (Path file : entries(folder)) {
                    if (Files.isRegularFile(file)
                            && isFile.test(file.getFileName().toString())) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    private static List<Path> entries(Path folder) throws SessionException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new SessionException(folder + " cannot be listed: " + reason(e), e);
        }
    }

    private String key(Path file) {
        return data.relativize(file).toString().replace('\\', '/');
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
