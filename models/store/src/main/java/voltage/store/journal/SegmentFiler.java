package voltage.store.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.market.Feed;

/**
 * Turns closed segments into compressed objects, one per feed, and hands them to the archive, on a thread of its own. A segment
 * is deleted only when all its objects are on the disk; every step may be repeated after a crash and gives the same objects.
 */
final class SegmentFiler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFiler.class);
    private static final int MAX_FAILED_SEGMENTS = 64;
    /** In the queue, it only wakes the thread. */
    private static final Path WAKE = Path.of("");

    private final Path directory;
    private final JournalArchive archive;
    private final JournalOptions options;
    private final BlockingQueue<Path> queue;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    /** Only touched by the thread. */
    private final Deque<Path> failedSegments = new ArrayDeque<>();

    /** Only touched by the thread after construction. */
    private final Set<Path> unarchived = new LinkedHashSet<>();

    private final AtomicLong objects = new AtomicLong();
    private final AtomicLong archived = new AtomicLong();
    private final AtomicLong archiveFailures = new AtomicLong();
    private volatile boolean moreOnDisk;
    private volatile @Nullable Path openSegment;
    private volatile int failedSegmentCount;
    private volatile int unarchivedCount;
    private volatile @Nullable String problem;

    /** @param leftOver objects that an earlier incarnation could not archive */
    SegmentFiler(Path directory, JournalArchive archive, JournalOptions options, List<Path> leftOver) {
        this.directory = directory;
        this.archive = archive;
        this.options = options;
        this.queue = new ArrayBlockingQueue<>(options.queuedSegments());
        this.unarchived.addAll(leftOver);
        this.unarchivedCount = unarchived.size();
        this.thread = Thread.ofPlatform().name("journal-filer").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The segment that the writer is writing now, which is not to be touched, or null if it is writing none. */
    void opened(@Nullable Path segment) {
        openSegment = segment;
    }

    /** Takes a closed segment over; if too many wait already, it is found on the disk when the queue is empty again. */
    void file(Path segment) {
        if (!queue.offer(segment)) {
            moreOnDisk = true;
        }
    }

    /** Files the segments of an earlier incarnation. */
    void fileLeftOvers() {
        moreOnDisk = true;
    }

    JournalStatus status(long records, long bytes) {
        return new JournalStatus(
                records,
                bytes,
                queue.size() + failedSegmentCount,
                objects.get(),
                archived.get(),
                archiveFailures.get(),
                unarchivedCount,
                problem);
    }

    /** Files what is queued, waiting no longer than the options say. What is left over is found by the next start. */
    @Override
    public void close() {
        stopping.countDown();
        if (!queue.offer(WAKE)) {
            LOG.debug("the queue is full, so the thread is awake");
        }
        try {
            if (!thread.join(options.closeTimeout())) {
                LOG.warn("journal segments are still being compressed or archived; the next start goes on with them");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            retryUnarchived();
            while (true) {
                boolean last = stopping.getCount() == 0;
                Path segment = queue.poll(last ? 0 : 1000, TimeUnit.MILLISECONDS);
                if (segment == WAKE) {
                    continue;
                }
                if (segment != null) {
                    fileAll(List.of(segment));
                } else if (moreOnDisk) {
                    moreOnDisk = false;
                    fileAll(closedSegments());
                } else if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Asked to give up: everything unfinished is on the disk and is taken up at the next start.
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> closedSegments() {
        try {
            return JournalDirectory.list(directory).open().stream()
                    .map(JournalDirectory.Entry::file)
                    .filter(file -> !file.equals(openSegment))
                    .toList();
        } catch (RuntimeException e) {
            problem = "the journal directory cannot be listed: " + e.getMessage();
            LOG.warn("{}", problem, e);
            return List.of();
        }
    }

    private void fileAll(List<Path> segments) throws InterruptedException {
        Set<Path> due = new LinkedHashSet<>(failedSegments);
        failedSegments.clear();
        due.addAll(segments);
        for (Path each : due) {
            if (!Files.exists(each)) {
                // Found on the disk and filed before its turn in the queue came.
                continue;
            }
            try {
                List<Path> made = split(each);
                Files.delete(each);
                objects.addAndGet(made.size());
                int attempts = options.archiveAttempts();
                for (Path object : made) {
                    // While the archive is down, one object's attempts are enough to know it.
                    attempts = put(object, attempts) ? options.archiveAttempts() : 1;
                }
            } catch (JournalFullException e) {
                failed(each, e);
                LOG.warn("{}", problem);
            } catch (IOException | RuntimeException e) {
                failed(each, e);
                LOG.warn("{}", problem, e);
            }
        }
        failedSegmentCount = failedSegments.size();
        retryUnarchived();
    }

    private void failed(Path segment, Exception why) {
        problem = "journal segment \"" + segment + "\" could not be compressed: " + why.getMessage();
        if (failedSegments.size() < MAX_FAILED_SEGMENTS) {
            failedSegments.add(segment);
        }
    }

    private List<Path> split(Path segment) throws IOException {
        ObjectName.Numbers numbers = ObjectName.numbersOf(segment);
        if (numbers == null) {
            throw new IllegalStateException("not the name of a segment, was \"" + segment + "\"");
        }
        Map<Feed, JournalFile.Writer> writers = new EnumMap<>(Feed.class);
        List<Path> made = new ArrayList<>();
        try (RecordCursor cursor = new RecordCursor(segment, Files.newInputStream(segment), null)) {
            while (cursor.next()) {
                JournalFile.Writer writer = writers.get(cursor.feed());
                if (writer == null) {
                    Path object = directory.resolve(
                            new ObjectName(cursor.feed(), cursor.sequence(), numbers.windowNanos()).path());
                    writer = JournalFile.Writer.create(object);
                    writers.put(cursor.feed(), writer);
                    made.add(object);
                }
                writer.append(
                        cursor.kind(),
                        cursor.sequence(),
                        cursor.receivedNanos(),
                        cursor.bytes(),
                        cursor.from(),
                        cursor.to());
            }
            if (archive != JournalArchive.NONE) {
                for (Path object : made) {
                    // Marked before it exists under its name, so no crash can make it look archived.
                    Files.write(marker(object), new byte[0]);
                    unarchived.add(object);
                }
            }
            writers.values().forEach(JournalFile.Writer::finish);
        } finally {
            writers.values().forEach(JournalFile.Writer::close);
        }
        return made;
    }

    private void retryUnarchived() throws InterruptedException {
        for (Path object : List.copyOf(unarchived)) {
            // One that does not exist yet belongs to a segment that is yet to be filed again.
            if (Files.exists(object) && !put(object, 1)) {
                break;
            }
        }
        unarchivedCount = unarchived.size();
    }

    private boolean put(Path object, int attempts) throws InterruptedException {
        if (archive == JournalArchive.NONE) {
            return true;
        }
        String name = directory.relativize(object).toString().replace('\\', '/');
        Duration backoff = options.archiveBackoff();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            try {
                archive.put(name, object);
                Files.deleteIfExists(marker(object));
                unarchived.remove(object);
                unarchivedCount = unarchived.size();
                archived.incrementAndGet();
                problem = null;
                return true;
            } catch (IOException | RuntimeException e) {
                archiveFailures.incrementAndGet();
                problem = "journal object \"" + name + "\" could not be archived (attempt " + attempt + " of "
                        + attempts + "): " + e.getMessage();
            }
            if (attempt < attempts && stopping.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            backoff = backoff.multipliedBy(2);
        }
        LOG.warn("{}; it stays on the local disk and is tried again with the next one", problem);
        unarchivedCount = unarchived.size();
        return false;
    }

    private static Path marker(Path object) {
        return object.resolveSibling(object.getFileName() + JournalDirectory.UNARCHIVED_SUFFIX);
    }
}
