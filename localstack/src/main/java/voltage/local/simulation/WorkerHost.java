package voltage.local.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.LaneState;

/** Keeps a worker alive: starts it, buries it, starts it again over the same journal; and now and then a second one beside it. */
final class WorkerHost {
    private static final long RESTART_NANOS = 2 * World.SECOND;

    private final World world;
    private final Wire wire;
    private final String keyId;
    private final Consumer<Command> queue;
    private final List<Post> posts = new ArrayList<>();
    private final Deque<byte[]> waitingReports = new ArrayDeque<>();
    private long epochs;
    private long deaths;

    /** A machine with a journal; whoever works there. */
    private static final class Post {
        private final MemoryJournal journal = new MemoryJournal();
        private final Decisions decisions = new Decisions();
        private @Nullable WorkerLife life;
    }

    WorkerHost(World world, Wire wire, String keyId, Consumer<Command> queue) {
        this.world = world;
        this.wire = wire;
        this.keyId = keyId;
        this.queue = queue;
        posts.add(new Post());
    }

    void start() {
        start(posts.getFirst());
    }

    private void start(Post post) {
        if (world.now() < world.ledgerRefusesUntilNanos) {
            world.time.plan(RESTART_NANOS, () -> start(post));
            return;
        }
        long epoch = ++epochs;
        LaneState state = world.ledger.laneState(World.LANE);
        world.ledger.changeLaneState(
                World.LANE,
                new LaneState(
                        state.armed(), state.paused(), state.halted(), state.fenceEpoch(), epoch, state.version() + 1));
        world.log.add(() -> "worker " + epoch + " starts and leads");
        WorkerLife life = new WorkerLife(world, wire, post.journal, post.decisions, keyId, epoch, queue());
        post.life = life;
        guarded(post, life, life::start);
    }

    private CommandQueue queue() {
        return command -> {
            PlannedFault failed = world.board.take(FaultKind.QUEUE_SEND_FAILED);
            if (failed == null || failed.pick() % 2 == 0) {
                queue.accept(command);
            }
            if (failed != null) {
                throw new CommandQueue.QueueUnavailableException(
                        "the queue did not answer", new IllegalStateException("simulated"));
            }
        };
    }

    /** Lets a life do something; if it dies of that, it is buried and another one comes. */
    private void guarded(Post post, WorkerLife life, Runnable work) {
        try {
            work.run();
        } catch (Death death) {
            world.log.add(() -> "worker " + life.epoch() + " dies: " + death.getMessage());
            bury(post, life);
            world.time.plan(RESTART_NANOS, () -> start(post));
        }
    }

    private void bury(Post post, WorkerLife life) {
        deaths++;
        life.kill();
        post.journal.loseUnflushed();
        wire.hangUp(life.gaps());
        post.life = null;
    }

    /** A start is wanted that can be died in. */
    void restart() {
        Post post = posts.getFirst();
        WorkerLife life = post.life;
        if (life != null) {
            bury(post, life);
            start(post);
        }
    }

    /** A second worker takes the lead, and the first has not heard of it for a while. */
    void secondLeader(long nanos) {
        Post old = posts.getFirst();
        Post other = new Post();
        posts.addFirst(other);
        start(other);
        world.time.plan(nanos, () -> {
            WorkerLife life = old.life;
            if (life != null) {
                bury(old, life);
            }
        });
    }

    boolean hasOneLeader() {
        return posts.stream().filter(post -> post.life != null).count() == 1
                && posts.getFirst().life != null;
    }

    /** Whether a worker listens to the exchange. */
    boolean isConnected() {
        WorkerLife life = posts.getFirst().life;
        return life != null && wire.isConnected(life.gaps());
    }

    void reported(byte[] body) {
        waitingReports.add(body);
        handOn();
    }

    private void handOn() {
        for (Post post : posts) {
            WorkerLife life = post.life;
            if (life != null) {
                for (byte[] body = waitingReports.poll(); body != null; body = waitingReports.poll()) {
                    life.reported(body);
                }
                return;
            }
        }
    }

    /** Lets all handle what waits; whether there was anything. */
    boolean drain() {
        boolean any = false;
        for (int i = 0; i < posts.size(); i++) {
            Post post = posts.get(i);
            WorkerLife life = post.life;
            if (life != null) {
                boolean[] did = new boolean[1];
                guarded(post, life, () -> did[0] = life.drain());
                any |= did[0];
            }
        }
        return any;
    }

    long nextTimerNanos() {
        long next = Long.MAX_VALUE;
        for (Post post : posts) {
            WorkerLife life = post.life;
            if (life != null) {
                next = Math.min(next, life.nextTimerNanos());
            }
        }
        return next;
    }

    void tick() {
        for (int i = 0; i < posts.size(); i++) {
            Post post = posts.get(i);
            WorkerLife life = post.life;
            if (life != null && life.nextTimerNanos() <= world.now()) {
                guarded(post, life, life::tick);
            }
        }
    }

    /** Once a second: what each reads of the lane's state. */
    void second() {
        handOn();
        LaneState state = world.ledger.laneState(World.LANE);
        for (Post post : posts) {
            WorkerLife life = post.life;
            if (life != null) {
                life.tell(state);
            }
        }
    }

    void stop() {
        for (Post post : posts) {
            WorkerLife life = post.life;
            if (life != null) {
                guarded(post, life, life::stop);
                wire.hangUp(life.gaps());
                post.life = null;
            }
        }
    }

    /** Empty if every journal gives the decisions that were made over it. */
    String replayed() {
        for (Post post : posts) {
            String difference = post.decisions.compare(post.journal);
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    long deaths() {
        return deaths;
    }

    long frames() {
        return posts.stream().mapToLong(post -> post.journal.size()).sum();
    }
}
