package voltage.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal in a process of its own that is killed, or runs out of disk. */
@Timeout(120)
class JournalProcessTest {
    private static final int BATCH = 20;

    @TempDir
    Path directory;

    @Test
    void a_killed_process_loses_no_acknowledged_record_whenever_it_is_killed() throws Exception {
        Random random = new Random(17);
        long acknowledged = -1;
        for (int life = 0; life < 3; life++) {
            int batches = 100 + random.nextInt(2000);
            Process process = start(List.of(), Long.MAX_VALUE);
            try (BufferedReader out = reader(process)) {
                for (int i = 0; i < batches; i++) {
                    acknowledged = Long.parseLong(out.readLine());
                }
                process.destroyForcibly();
                // What it had still said before it died counts as acknowledged too.
                for (String line = out.readLine(); line != null && !line.isBlank(); line = out.readLine()) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(line));
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("closed");
            }
            process.waitFor();
        }
        long last;
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, JournalOptions.DEFAULT)) {
            last = writer.lastSequence();
        }
        assertThat(last).isGreaterThanOrEqualTo(acknowledged);
        List<JournalRecords.Entry> read = JournalRecords.read(directory);
        assertThat(read).hasSize((int) last + 1);
        assertThat(read).allSatisfy(entry -> assertThat(entry).isEqualTo(entry(entry.sequence())));
    }

    @Test
    void a_full_disk_is_one_clear_exception_and_costs_nothing_acknowledged() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/bin/bash")), "not run: no bash to limit the file size with");
        Process process = start(List.of("/bin/bash", "-c", "ulimit -f 200; exec \"$@\"", "limited"), 100_000);
        long acknowledged = -1;
        String error = "";
        try (BufferedReader out = reader(process)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("full: ")) {
                    error = line;
                } else {
                    acknowledged = Long.parseLong(line);
                }
            }
        }
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(error).contains("the disk is full").contains("Remedy").contains(directory.toString());
        assertThat(acknowledged).isGreaterThan(50);
        assertThat(JournalRecords.read(directory)).hasSizeGreaterThanOrEqualTo((int) acknowledged + 1);
    }

    private Process start(List<String> prefix, long count) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Endless.class.getName(),
                directory.toString(),
                String.valueOf(count)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static JournalRecords.Entry entry(long sequence) {
        byte[] bytes = ("frame " + sequence + " ".repeat((int) (sequence % 500))).getBytes(StandardCharsets.US_ASCII);
        return new JournalRecords.Entry(
                voltage.market.Feed.values()[(int) (sequence % 5)],
                Kind.FRAME,
                sequence,
                JournalRecords.START_NANOS + sequence * TimeUnit.MILLISECONDS.toNanos(20),
                bytes);
    }

    /** The child: writes and acknowledges, and says what it has acknowledged. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
            JournalWriter writer = JournalWriter.open(Path.of(args[0]), JournalArchive.NONE, JournalOptions.DEFAULT);
            try {
                long sequence = writer.lastSequence() + 1;
                for (long i = 0; i < Long.parseLong(args[1]); i++) {
                    JournalRecords.append(writer, entry(sequence++));
                    if (i % BATCH == 0) {
                        writer.flush();
                        out.println(writer.lastSequence());
                    }
                }
                writer.close();
            } catch (JournalFullException e) {
                out.println("full: " + e.getMessage());
                System.exit(3);
            }
        }
    }
}
