package voltage.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts a main class of ours in a JVM of its own, with this one's class path. That goes by the environment: ONNX Runtime does not survive
 * a long command line.
 */
public final class ChildJvm {
    private final String main;
    private final List<String> options =
            new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));

    private ChildJvm(String main) {
        this.main = main;
    }

    /** The command line, in a temporary folder of its own: native libraries are unpacked under fixed names. */
    public static ChildJvm voltage(Path scratch) throws IOException {
        return of("voltage.local.cli.Voltage", scratch);
    }

    public static ChildJvm of(String main, Path scratch) throws IOException {
        return new ChildJvm(main).with("-Djava.io.tmpdir=" + Files.createDirectories(scratch));
    }

    public ChildJvm with(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    public ProcessBuilder command(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add(main);
        line.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .replace("\n", File.pathSeparator));
        return builder;
    }
}
