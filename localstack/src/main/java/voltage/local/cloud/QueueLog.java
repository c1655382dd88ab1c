package voltage.local.cloud;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticmq.QueueData;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.QueueEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable memory of the embedded queues: an append-only file of ElasticMQ's own change events, written through to the
 * operating system one by one, folded when opened. ElasticMQ's own SQL storage is not used because it restores messages without
 * their FIFO position, so that a queue may come back in another order.
 */
final class QueueLog implements AutoCloseable {
    private static final int SERIALIZE_ATTEMPTS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(QueueLog.class);
    private static final long COMPACT_BYTES = 64L << 20;
    private static final int MAX_EVENT_BYTES = 8 << 20;
    private static final ObjectInputFilter ONLY_EVENTS =
            ObjectInputFilter.Config.createFilter("org.elasticmq.**;scala.**;java.lang.*;java.time.*;java.util.*;!*");

    private final Path path;
    private final Map<String, QueueData> queues = new LinkedHashMap<>();
    private final Map<String, Map<String, InternalMessage>> messages = new LinkedHashMap<>();
    private RandomAccessFile file;
    private long compactAt = COMPACT_BYTES;

    private QueueLog(Path path) throws IOException {
        this.path = path;
        if (Files.exists(path)) {
            readAll();
        }
        this.file = rewritten();
    }

    /** @throws UncheckedIOException if the file cannot be read or written, or is none of ours */
    static QueueLog open(Path path) {
        try {
            return new QueueLog(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the queues' log \"" + path + "\" cannot be used: " + e.getMessage(), e);
        }
    }

    /** Those that others send their dead letters to come first. */
    Collection<QueueData> queues() {
        List<QueueData> all = new ArrayList<>(queues.values());
        all.sort(Comparator.comparing(queue -> queue.deadLettersQueue().isDefined()));
        return all;
    }

    /** A queue's messages in the order of sending. */
    List<InternalMessage> messages(String queue) {
        return List.copyOf(messages.getOrDefault(queue, Map.of()).values());
    }

    void append(QueueEvent event) throws IOException {
        byte[] framed = framed(event);
        file.write(framed);
        apply(event);
        if (file.getFilePointer() > compactAt) {
            file.close();
            file = rewritten();
        }
    }

    private void apply(QueueEvent event) {
        switch (event) {
            case QueueEvent.QueueCreated created -> putQueue(created.queue());
            case QueueEvent.QueueMetadataUpdated updated -> putQueue(updated.queue());
            case QueueEvent.QueueDeleted deleted -> {
                queues.remove(deleted.queueName());
                messages.remove(deleted.queueName());
            }
            case QueueEvent.MessageAdded added -> putMessage(added.queueName(), added.message());
            case QueueEvent.MessageUpdated updated -> putMessage(updated.queueName(), updated.message());
            case QueueEvent.MessageRemoved removed -> {
                Map<String, InternalMessage> of = messages.get(removed.queueName());
                if (of != null) {
                    of.remove(removed.messageId());
                }
            }
            default -> LOG.debug("an event that needs no memory: {}", event);
        }
    }

    private void putQueue(QueueData queue) {
        queues.put(queue.name(), queue);
        messages.computeIfAbsent(queue.name(), name -> new LinkedHashMap<>());
    }

    private void putMessage(String queue, InternalMessage message) {
        messages.computeIfAbsent(queue, name -> new LinkedHashMap<>()).put(message.id(), message);
    }

    private void readAll() throws IOException {
        try (InputStream in = Files.newInputStream(path);
                DataInputStream data = new DataInputStream(new java.io.BufferedInputStream(in, 1 << 16))) {
            while (true) {
                int length;
                try {
                    length = data.readInt();
                } catch (EOFException e) {
                    return;
                }
                if (length <= 0 || length > MAX_EVENT_BYTES) {
                    throw new IOException(
                            "an event's length was expected, was " + length
                                    + ". Remedy: the file is no queues' log or is damaged; move it away to start with empty queues");
                }
                byte[] bytes = data.readNBytes(length);
                if (bytes.length < length) {
                    // The process died while writing: nobody was told that this happened.
                    LOG.info("the last event in \"{}\" is torn and is dropped", path);
                    return;
                }
                apply(event(bytes));
            }
        }
    }

    private static QueueEvent event(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ONLY_EVENTS);
            return (QueueEvent) in.readObject();
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException("it was written by another version: " + e.getMessage(), e);
        }
    }

    /**
     * An event as bytes, with their length before them. A message's list of receipts is one that the queue goes on adding to while it is
     * written here; one caught in the middle is written again.
     */
    private static byte[] framed(QueueEvent event) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return serialized(event);
            } catch (IllegalStateException | ConcurrentModificationException e) {
                if (attempt == SERIALIZE_ATTEMPTS) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static byte[] serialized(QueueEvent event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        bytes.write(new byte[4]);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(event);
        }
        byte[] framed = bytes.toByteArray();
        ByteBuffer.wrap(framed).putInt(0, framed.length - 4);
        return framed;
    }

    /** Starts a new file with nothing but what still counts, and puts it in the old one's place. */
    private RandomAccessFile rewritten() throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        RandomAccessFile out = new RandomAccessFile(temporary.toFile(), "rw");
        for (QueueData queue : queues.values()) {
            out.write(framed(new QueueEvent.QueueCreated(queue)));
            for (InternalMessage message : messages(queue.name())) {
                out.write(framed(new QueueEvent.MessageAdded(queue.name(), message)));
            }
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        compactAt = Math.max(COMPACT_BYTES, 2 * out.getFilePointer());
        return out;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing \"{}\" failed", path, e);
        }
    }
}
