package voltage.forecast.patchtst;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime 1.29 kills a process on Linux whose command line has more than some 3 950 bytes (seen: 3 939 live, 3 989 die of SIGSEGV
 * while the environment is made). A long class path is enough; so such a process is refused before it gets there.
 */
final class CommandLine {
    static final int MOST_BYTES = 3_800;

    private static final Path OWN = Path.of("/proc/self/cmdline");

    private CommandLine() {}

    /** ONNX Runtime's environment, which tells nobody of us. */
    static OrtEnvironment environment() {
        require(ownBytes());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime's telemetry cannot be turned off: " + e.getMessage(), e);
        }
        return environment;
    }

    static void require(int bytes) {
        if (bytes > MOST_BYTES) {
            throw new IllegalStateException("ONNX Runtime does not survive a command line of more than " + MOST_BYTES
                    + " bytes, was " + bytes
                    + ": give the class path with a wildcard, in the variable CLASSPATH or in an argument file");
        }
    }

    private static int ownBytes() {
        try {
            return Files.exists(OWN) ? Files.readAllBytes(OWN).length : 0;
        } catch (IOException e) {
            throw new IllegalStateException("this process's own command line in " + OWN + " cannot be read", e);
        }
    }
}
