package voltage.local.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where and under what load something was measured. {@code load} is the average over the last minute, other people's work included. */
public record Machine(String cpu, int cores, String jdk, String collector, double load) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public static Machine now() {
        return new Machine(
                cpuName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String cpuName() {
        try {
            if (Files.exists(CPU_INFO)) {
                for (String line : Files.readAllLines(CPU_INFO)) {
                    if (line.startsWith("model name")) {
                        return line.substring(line.indexOf(':') + 1).strip();
                    }
                }
            }
        } catch (IOException e) {
            // The name only decorates the report.
        }
        return System.getProperty("os.arch", "unknown");
    }
}
