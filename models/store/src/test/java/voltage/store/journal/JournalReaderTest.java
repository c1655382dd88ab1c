package voltage.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.market.Feed;

@Timeout(60)
class JournalReaderTest {
    @TempDir
    Path directory;

    @Test
    void feeds_are_merged_by_sequence_over_many_objects_and_gaps_are_counted() {
        List<JournalRecords.Entry> entries = new ArrayList<>(JournalRecords.random(1, 500, 0, 30_000_000_000L));
        entries.removeIf(entry -> entry.sequence() % 100 == 50);
        JournalRecords.write(directory, entries);
        List<JournalRecords.Entry> read = new ArrayList<>();

        JournalReader.Summary summary =
                JournalReader.read(directory, JournalReader.OnDamage.FAIL, JournalRecords.into(read));

        assertThat(read).isEqualTo(entries);
        assertThat(summary.records()).isEqualTo(495);
        assertThat(summary.missing()).isEqualTo(5);
        assertThat(summary.duplicates()).isZero();
        assertThat(summary.lastSequence()).isEqualTo(499);
    }

    @Test
    void a_segment_whose_objects_exist_already_is_handed_out_once() throws IOException {
        List<JournalRecords.Entry> entries = JournalRecords.random(2, 100, 0, 1_000_000L);
        byte[] segment;
        Path name;
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, JournalOptions.DEFAULT)) {
            entries.forEach(entry -> JournalRecords.append(writer, entry));
            writer.flush();
            name = JournalDirectory.list(directory).open().getFirst().file();
            segment = Files.readAllBytes(name);
        }
        Files.write(name, segment);
        List<JournalRecords.Entry> read = new ArrayList<>();

        JournalReader.Summary summary =
                JournalReader.read(directory, JournalReader.OnDamage.FAIL, JournalRecords.into(read));

        assertThat(read).isEqualTo(entries);
        assertThat(summary.duplicates()).isEqualTo(100);
    }

    @Test
    void a_truncated_object_is_named_with_offset_and_remedy_and_what_is_before_can_be_read() throws IOException {
        JournalRecords.write(directory, JournalRecords.random(3, 400, 0, 1_000_000L));
        Path object = firstObject(Feed.KALSHI_STREAM);
        byte[] content = Files.readAllBytes(object);
        List<JournalRecords.Entry> all = JournalRecords.read(directory);
        for (int length = 0; length < content.length; length += 1 + content.length / 60) {
            Files.write(object, Arrays.copyOf(content, length));
            List<JournalRecords.Entry> read = new ArrayList<>();

            JournalReader.Summary summary =
                    JournalReader.read(directory, JournalReader.OnDamage.STOP, JournalRecords.into(read));

            if (length == 0) {
                // An empty file is a whole, empty stream to the decompressor: its records are missing, and counted.
                assertThat(summary.missing() + summary.firstSequence()).isPositive();
                continue;
            }
            assertThat(summary.damage()).isNotNull();
            assertThat(read).isEqualTo(all.subList(0, read.size()));
            assertThatThrownBy(() -> JournalRecords.read(directory))
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining(object.toString())
                    .hasMessageContaining("at byte")
                    .hasMessageContaining("Remedy");
        }
    }

    @Test
    void altered_bytes_are_noticed_unless_they_change_nothing() throws IOException {
        List<JournalRecords.Entry> entries = JournalRecords.random(4, 400, 0, 1_000_000L);
        JournalRecords.write(directory, entries);
        int harmless = 0;
        Path object = firstObject(Feed.KRAKEN_STREAM);
        byte[] content = Files.readAllBytes(object);
        for (int i = 5; i < content.length; i += 1 + content.length / 100) {
            byte[] altered = content.clone();
            altered[i] ^= 0x10;
            Files.write(object, altered);
            try {
                // The window size in a frame's header, for example, may be larger than needed.
                assertThat(JournalRecords.read(directory)).isEqualTo(entries);
                harmless++;
            } catch (JournalDamagedException e) {
                assertThat(e.file()).isEqualTo(object);
            }
        }
        assertThat(harmless).isLessThan(3);
    }

    @Test
    void foreign_files_and_folders_are_refused_by_name() throws IOException {
        assertThatThrownBy(() -> JournalRecords.read(directory))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("holds no journal");
        JournalRecords.write(directory, JournalRecords.random(5, 10, 0, 1_000_000L));
        Path text = directory.resolve("journal/v1/feed=KALSHI_STREAM/notes.txt");
        Files.createDirectories(text.getParent());
        Files.writeString(text, "hello");
        assertThatThrownBy(() -> JournalRecords.read(directory))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("notes.txt");
        Files.move(text, text.resolveSibling("0000000000000000099-20260513T230000Z.jnl.zst"));
        assertThatThrownBy(() -> JournalRecords.read(directory))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("cannot be decompressed");
    }

    @Test
    void a_single_file_is_written_whole_or_not_at_all() {
        Path file = directory.resolve("tapes/KALSHI_STREAM.jnl.zst");
        byte[] frame = "{\"type\":\"ticker\"}".getBytes(StandardCharsets.UTF_8);
        try (JournalFile.Writer writer = JournalFile.Writer.create(file)) {
            writer.append(Kind.FRAME, 1, 1, frame, 0, frame.length);
        }
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).isEmptyDirectory();
        try (JournalFile.Writer writer = JournalFile.Writer.create(file)) {
            writer.append(Kind.CONNECTED, 1, 10, frame, 0, 0);
            writer.append(Kind.FRAME, 2, 11, frame, 0, frame.length);
            writer.finish();
        }
        try (JournalFile.Reader reader = JournalFile.Reader.open(file, Feed.KALSHI_STREAM)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.kind()).isEqualTo(Kind.CONNECTED);
            assertThat(reader.next()).isTrue();
            assertThat(reader.receivedNanos()).isEqualTo(11);
            assertThat(Arrays.copyOfRange(reader.bytes(), reader.from(), reader.to()))
                    .isEqualTo(frame);
            assertThat(reader.next()).isFalse();
        }
    }

    private Path firstObject(Feed feed) {
        return JournalDirectory.list(directory)
                .objects()
                .getOrDefault(feed, List.of())
                .getFirst()
                .file();
    }
}
