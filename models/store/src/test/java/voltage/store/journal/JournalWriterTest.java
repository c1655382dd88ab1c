package voltage.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.Feed;

@Timeout(60)
class JournalWriterTest {
    private static final JournalOptions QUICK = JournalOptions.DEFAULT.withArchive(3, Duration.ofMillis(1));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everything_written_is_read_back_in_order(long seed) {
        List<JournalRecords.Entry> entries = JournalRecords.random(seed, 2000, seed * 1000, 900_000_000L);

        JournalRecords.write(directory, entries);

        assertThat(JournalRecords.read(directory)).isEqualTo(entries);
    }

    @Test
    void objects_are_named_by_feed_day_hour_first_sequence_and_five_minutes() {
        long elevenPm = TimeUnit.SECONDS.toNanos(1_778_713_261L);
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, QUICK)) {
            writer.append(Feed.KALSHI_STREAM, Kind.FRAME, 41, elevenPm, new byte[] {'x'}, 0, 1);
            writer.append(Feed.KRAKEN_STREAM, Kind.FRAME, 42, elevenPm, new byte[] {'y'}, 0, 1);
            writer.append(
                    Feed.KALSHI_STREAM, Kind.FRAME, 43, elevenPm + TimeUnit.MINUTES.toNanos(5), new byte[] {'z'}, 0, 1);
        }

        assertThat(objects())
                .containsExactly(
                        "journal/v1/feed=KALSHI_STREAM/dt=2026-05-13/hh=23/0000000000000000041-20260513T230000Z.jnl.zst",
                        "journal/v1/feed=KALSHI_STREAM/dt=2026-05-13/hh=23/0000000000000000043-20260513T230500Z.jnl.zst",
                        "journal/v1/feed=KRAKEN_STREAM/dt=2026-05-13/hh=23/0000000000000000042-20260513T230000Z.jnl.zst");
    }

    @Test
    void flushed_records_are_there_although_the_writer_was_never_closed() throws IOException {
        List<JournalRecords.Entry> entries = JournalRecords.random(7, 300, 0, 1_000_000L);
        Path copy = directory.resolve("copy");
        try (JournalWriter writer = JournalWriter.open(directory.resolve("original"), JournalArchive.NONE, QUICK)) {
            entries.forEach(entry -> JournalRecords.append(writer, entry));
            writer.flush();
            copyTree(directory.resolve("original"), copy);
        }

        assertThat(JournalRecords.read(copy)).isEqualTo(entries);
    }

    @Test
    void a_torn_tail_is_cut_off_at_every_offset_and_writing_goes_on() throws IOException {
        List<JournalRecords.Entry> entries = new ArrayList<>();
        for (JournalRecords.Entry any : JournalRecords.random(11, 6, 0, 1_000_000L)) {
            byte[] few = Arrays.copyOf(any.bytes(), any.bytes().length % 40);
            entries.add(new JournalRecords.Entry(any.feed(), any.kind(), any.sequence(), any.receivedNanos(), few));
        }
        Path original = directory.resolve("original");
        Path whole = directory.resolve("whole");
        try (JournalWriter writer = JournalWriter.open(original, JournalArchive.NONE, QUICK)) {
            entries.forEach(entry -> JournalRecords.append(writer, entry));
            writer.flush();
            copyTree(original, whole);
        }
        Path segment = segments(whole).getFirst();
        byte[] content = Files.readAllBytes(segment);
        JournalRecords.Entry next = new JournalRecords.Entry(
                Feed.OPERATOR, Kind.STARTED, 100, JournalRecords.START_NANOS + 1, new byte[] {'{', '}'});

        for (int length = 0; length <= content.length; length++) {
            Path torn = directory.resolve("torn-" + length);
            copyTree(whole, torn);
            Files.write(segments(torn).getFirst(), Arrays.copyOf(content, length));
            long expected;
            try (JournalWriter writer = JournalWriter.open(torn, JournalArchive.NONE, QUICK)) {
                SegmentRecovery recovery = writer.recovery();
                expected = recovery.records();
                assertThat(recovery.tornRecords()).isEqualTo(recovery.tornBytes() > 0 ? 1 : 0);
                assertThat(writer.lastSequence()).isEqualTo(expected - 1);
                JournalRecords.append(writer, next);
            }
            List<JournalRecords.Entry> read = JournalRecords.read(torn);
            List<JournalRecords.Entry> wanted = new ArrayList<>(entries.subList(0, (int) expected));
            wanted.add(next);
            assertThat(read).isEqualTo(wanted);
            assertThat(segments(torn)).isEmpty();
            deleteTree(torn);
        }
    }

    @Test
    void the_next_incarnation_continues_the_sequence() {
        JournalRecords.write(directory, JournalRecords.random(3, 50, 0, 400_000_000_000L));

        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, QUICK)) {
            assertThat(writer.lastSequence()).isEqualTo(49);
            assertThatThrownBy(() -> writer.append(Feed.OPERATOR, Kind.FRAME, 49, 1, new byte[0], 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was 49 after 49");
        }
    }

    @Test
    void a_second_writer_of_the_same_directory_is_refused() {
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, QUICK)) {
            assertThat(writer.lastSequence()).isEqualTo(-1);
            assertThatThrownBy(() -> JournalWriter.open(directory, JournalArchive.NONE, QUICK))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("being written by another process")
                    .hasMessageContaining("Remedy");
        }
    }

    @Test
    void a_record_larger_than_the_buffer_is_written_too() {
        byte[] large = new byte[300_000];
        Arrays.fill(large, (byte) '\n');
        List<JournalRecords.Entry> entries = List.of(
                new JournalRecords.Entry(Feed.KALSHI_REST, Kind.FRAME, 1, JournalRecords.START_NANOS, new byte[] {1}),
                new JournalRecords.Entry(Feed.KALSHI_REST, Kind.FRAME, 2, JournalRecords.START_NANOS, large),
                new JournalRecords.Entry(Feed.KALSHI_REST, Kind.FRAME, 3, JournalRecords.START_NANOS, new byte[] {2}));

        JournalRecords.write(directory, entries);

        assertThat(JournalRecords.read(directory)).isEqualTo(entries);
    }

    @Test
    void more_segments_than_the_queue_holds_are_all_filed() {
        List<JournalRecords.Entry> entries = JournalRecords.random(5, 200, 0, 400_000_000_000L);
        JournalOptions narrow = new JournalOptions(1 << 10, 1, 1, Duration.ofMillis(1), Duration.ofSeconds(30));
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, narrow)) {
            entries.forEach(entry -> JournalRecords.append(writer, entry));
        }

        assertThat(segments(directory)).isEmpty();
        assertThat(JournalRecords.read(directory)).isEqualTo(entries);
    }

    @Test
    void every_object_reaches_the_archive_although_it_fails_now_and_then() {
        AtomicInteger attempts = new AtomicInteger();
        Set<String> archived = new ConcurrentSkipListSet<>();
        JournalArchive flaky = (name, file) -> {
            if (attempts.incrementAndGet() % 3 != 0) {
                throw new IOException("the network is away");
            }
            archived.add(name);
        };
        try (JournalWriter writer = JournalWriter.open(directory, flaky, QUICK)) {
            JournalRecords.random(9, 60, 0, 60_000_000_000L).forEach(entry -> JournalRecords.append(writer, entry));
            awaitIdle(writer);
        }
        try (JournalWriter again = JournalWriter.open(directory, (name, file) -> archived.add(name), QUICK)) {
            assertThat(again.lastSequence()).isEqualTo(59);
        }

        assertThat(archived).isEqualTo(new TreeSet<>(objects()));
    }

    @Test
    void an_archive_that_stays_away_is_reported_and_given_the_objects_later() throws Exception {
        CountDownLatch failed = new CountDownLatch(3);
        JournalArchive down = (name, file) -> {
            failed.countDown();
            throw new IOException("no route to the bucket");
        };
        long start = JournalRecords.START_NANOS;
        try (JournalWriter writer = JournalWriter.open(directory, down, QUICK)) {
            writer.append(Feed.OPERATOR, Kind.FRAME, 1, start, new byte[1], 0, 1);
            writer.append(Feed.OPERATOR, Kind.FRAME, 2, start + ObjectName.WINDOW_NANOS, new byte[1], 0, 1);
            assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
        }
        Set<String> archived = new ConcurrentSkipListSet<>();
        JournalStatus status;
        JournalWriter again = JournalWriter.open(directory, (name, file) -> archived.add(name), QUICK);
        again.close();
        status = again.status();

        assertThat(archived).isEqualTo(new TreeSet<>(objects()));
        assertThat(status.unarchived()).isZero();
        assertThat(status.problem()).isNull();
    }

    @Test
    void a_given_up_object_is_counted_and_named() {
        JournalArchive down = (name, file) -> {
            throw new IOException("no route to the bucket");
        };
        JournalWriter writer = JournalWriter.open(directory, down, QUICK);
        writer.append(Feed.OPERATOR, Kind.FRAME, 1, JournalRecords.START_NANOS, new byte[1], 0, 1);
        writer.close();

        assertThat(writer.status().unarchived()).isEqualTo(1);
        assertThat(writer.status().archiveFailures()).isPositive();
        assertThat(writer.status().problem()).contains("feed=OPERATOR").contains("no route to the bucket");
    }

    private static void awaitIdle(JournalWriter writer) {
        while (writer.status().segmentsWaiting() > 0) {
            Thread.onSpinWait();
        }
    }

    private Set<String> objects() {
        Set<String> names = new TreeSet<>();
        for (Path file : files(directory)) {
            if (file.toString().endsWith(ObjectName.SUFFIX)) {
                names.add(directory.relativize(file).toString().replace('\\', '/'));
            }
        }
        return names;
    }

    private static List<Path> segments(Path directory) {
        return files(directory).stream()
                .filter(file -> file.toString().endsWith(ObjectName.OPEN_SUFFIX))
                .toList();
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path source : walk.toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.forEach(all::add);
        }
        for (Path path : all.reversed()) {
            Files.delete(path);
        }
    }
}
