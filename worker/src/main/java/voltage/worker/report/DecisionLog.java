package voltage.worker.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import voltage.engine.Decision;
import voltage.engine.DecisionDigest;

/** Writes {@code decisions.jsonl} and keeps its digest. */
public final class DecisionLog implements AutoCloseable {
    private final OutputStream out;
    private final DecisionDigest digest = new DecisionDigest();

    private DecisionLog(OutputStream out) {
        this.out = out;
    }

    /** Begins a new log. An earlier one is replaced: it can be made again from the journal. */
    public static DecisionLog create(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new DecisionLog(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Keeps only the digest. */
    public static DecisionLog digestOnly() {
        return new DecisionLog(OutputStream.nullOutputStream());
    }

    public void decided(Decision decision) {
        try {
            out.write(digest.add(decision));
        } catch (IOException e) {
            throw new UncheckedIOException("decisions cannot be written: " + e.getMessage(), e);
        }
    }

    public long count() {
        return digest.count();
    }

    /** SHA-256 over the lines, in hexadecimal; ends the log. */
    public String digest() {
        return digest.value();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("decisions cannot be written: " + e.getMessage(), e);
        }
    }
}
