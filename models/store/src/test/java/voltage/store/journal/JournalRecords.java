package voltage.store.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import voltage.market.Feed;

/** Seeded records, and what a reader made of them. */
final class JournalRecords {
    static final long START_NANOS = TimeUnit.SECONDS.toNanos(1_778_713_270L);

    record Entry(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && that.feed == feed
                    && that.kind == kind
                    && that.sequence == sequence
                    && that.receivedNanos == receivedNanos
                    && Arrays.equals(that.bytes, bytes);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(sequence);
        }

        @Override
        public String toString() {
            return feed + " " + kind + " " + sequence + " " + receivedNanos + " " + bytes.length + " B";
        }
    }

    private JournalRecords() {}

    /** Records of all feeds and kinds, with bytes of any value, some empty, some that look like headers. */
    static List<Entry> random(long seed, int count, long firstSequence, long stepNanos) {
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        long nanos = START_NANOS;
        long sequence = firstSequence;
        for (int i = 0; i < count; i++) {
            Feed feed = Feed.values()[random.nextInt(Feed.values().length)];
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            byte[] bytes = switch (random.nextInt(8)) {
                case 0 -> new byte[0];
                case 1 -> "7 1778713270000000000 F 3\nabc\n".getBytes(StandardCharsets.US_ASCII);
                case 2 -> new byte[random.nextInt(3000)];
                default -> {
                    byte[] any = new byte[random.nextInt(400)];
                    random.nextBytes(any);
                    yield any;
                }
            };
            entries.add(new Entry(feed, kind, sequence, nanos, bytes));
            sequence++;
            nanos += random.nextLong(stepNanos * 2);
        }
        return entries;
    }

    static void append(JournalWriter writer, Entry entry) {
        byte[] bytes = entry.bytes();
        writer.append(entry.feed(), entry.kind(), entry.sequence(), entry.receivedNanos(), bytes, 0, bytes.length);
    }

    static void write(Path directory, List<Entry> entries) {
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, JournalOptions.DEFAULT)) {
            entries.forEach(entry -> append(writer, entry));
        }
    }

    static List<Entry> read(Path directory) {
        List<Entry> entries = new ArrayList<>();
        JournalReader.read(directory, JournalReader.OnDamage.FAIL, into(entries));
        return entries;
    }

    static Visitor into(List<Entry> entries) {
        return (feed, kind, sequence, nanos, bytes, from, to) ->
                entries.add(new Entry(feed, kind, sequence, nanos, Arrays.copyOfRange(bytes, from, to)));
    }
}
