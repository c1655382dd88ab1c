package voltage.store.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;

/** What lies in a journal directory: finished objects by feed, and segments that were never finished, in order. */
record JournalDirectory(Map<Feed, List<Entry>> objects, List<Entry> open, List<Path> unarchived) {
    /** Beside an object that the archive has not confirmed yet. */
    static final String UNARCHIVED_SUFFIX = ".unarchived";

    record Entry(Path file, long firstSequence, long windowNanos) {}

    /**
     * @throws JournalDamagedException for a file that is none of ours
     * @throws UncheckedIOException if the directory is absent or not readable; the message says which
     */
    static JournalDirectory list(Path directory) {
        Map<Feed, List<Entry>> objects = new EnumMap<>(Feed.class);
        List<Entry> open = new ArrayList<>();
        List<Path> unarchived = new ArrayList<>();
        Path root = directory.resolve(ObjectName.ROOT);
        if (!Files.isDirectory(root)) {
            throw new UncheckedIOException(new NotDirectoryException("\"" + directory
                    + "\" holds no journal: a folder \"" + ObjectName.ROOT + "\" was expected in it. Remedy: name the"
                    + " directory that the journal was written to."));
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("journal directory \"" + directory + "\" cannot be listed", e);
        }
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".cut")) {
                continue;
            }
            if (name.endsWith(UNARCHIVED_SUFFIX)) {
                unarchived.add(file.resolveSibling(name.substring(0, name.length() - UNARCHIVED_SUFFIX.length())));
                continue;
            }
            ObjectName.Numbers numbers = ObjectName.numbersOf(file);
            if (numbers == null) {
                throw JournalDamagedException.foreign(
                        file, "its files are named <first sequence>-<start of five minutes>" + ObjectName.SUFFIX);
            }
            Entry entry = new Entry(file, numbers.firstSequence(), numbers.windowNanos());
            if (name.endsWith(ObjectName.OPEN_SUFFIX)) {
                open.add(entry);
            } else {
                Feed feed = feedOf(root, file);
                if (feed == null) {
                    throw JournalDamagedException.foreign(file, "its objects lie in folders named feed=<feed>");
                }
                objects.computeIfAbsent(feed, f -> new ArrayList<>()).add(entry);
            }
        }
        Comparator<Entry> order = Comparator.comparingLong(Entry::firstSequence).thenComparing(Entry::file);
        objects.values().forEach(list -> list.sort(order));
        open.sort(order);
        unarchived.sort(Comparator.naturalOrder());
        return new JournalDirectory(objects, open, unarchived);
    }

    private static @Nullable Feed feedOf(Path root, Path file) {
        String folder = root.relativize(file).getName(0).toString();
        for (Feed feed : Feed.values()) {
            if (folder.equals("feed=" + feed.name())) {
                return feed;
            }
        }
        return null;
    }
}
