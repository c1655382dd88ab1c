package voltage.training.lightgbm;

import com.microsoft.ml.lightgbm.lightgbmlib;
import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * LightGBM's native library, loaded once. lightgbm4j unpacks it to fixed names in {@code java.io.tmpdir} and overwrites what is there, which
 * kills another process that has it mapped (SIGBUS, see the facts); so it is given a folder of its own while it loads.
 */
final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    static synchronized void load() {
        if (loaded) {
            return;
        }
        String shared = System.getProperty("java.io.tmpdir");
        try {
            Path own = Files.createTempDirectory("lightgbm");
            System.setProperty("java.io.tmpdir", own.toString());
            try {
                LGBMBooster.loadNative();
            } finally {
                System.setProperty("java.io.tmpdir", shared);
                removeAtExit(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("LightGBM's native library could not be unpacked below " + shared, e);
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "LightGBM's native library needs glibc and libgomp1: install libgomp1, was " + e.getMessage(), e);
        }
        loaded = true;
    }

    private static void removeAtExit(Path folder) throws IOException {
        folder.toFile().deleteOnExit();
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        }
    }

    /** Turns a native return code into an exception. */
    static void check(int code, String what) {
        if (code != 0) {
            throw new NativeLightGbmException(what + ": " + lightgbmlib.LGBM_GetLastError(), null);
        }
    }
}
