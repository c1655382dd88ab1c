package voltage.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import voltage.local.simulation.cloud.CloudFaults;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.Fault;
import voltage.local.simulation.cloud.ProcessDeath;
import voltage.local.simulation.cloud.Verdict;
import voltage.order.CommandQueue;
import voltage.order.LaneState;
import voltage.store.lease.DynamoLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.lease.LeaseTerms;
import voltage.store.lease.WorkerLease;

/** Keeps a worker alive: starts it, buries it, starts it again over the same journal; and now and then a second one beside it. */
final class WorkerHost {
    private static final long RESTART_NANOS = 2 * World.SECOND;
    private static final long REPORT_NANOS = 20 * World.MILLI;

    private final World world;
    private final Wire wire;
    private final String keyId;
    private final CommandQueue queue;
    private final String reportsName = World.RESOURCES.reports(World.LANE).name();
    private final List<Post> posts = new ArrayList<>();
    private final LeaseStore leases;
    private long deaths;
    private int received;

    /** A machine with a journal; whoever works there. */
    private static final class Post {
        private final MemoryJournal journal = new MemoryJournal();
        private final Decisions decisions = new Decisions();
        private final String name;
        private @Nullable WorkerLease lease;
        private @Nullable WorkerLife life;
        /** Until when its worker takes itself for the leader, whatever has become of the lease: a process that stood still. */
        private long believesUntilNanos;

        private long number;

        private Post(String name) {
            this.name = name;
        }
    }

    WorkerHost(World world, Wire wire, String keyId, Function<CloudFaults, CommandQueue> queue) {
        this.world = world;
        this.wire = wire;
        this.keyId = keyId;
        this.queue = queue.apply(this::verdict);
        leases = new DynamoLeases(world.cloud.dynamo(CloudFaults.NONE), World.RESOURCES);
        posts.add(new Post("a"));
    }

    void start() {
        start(posts.getFirst());
    }

    /** A process begins: it stands by until it leads. */
    private void start(Post post) {
        post.lease = new WorkerLease(
                leases, World.LANE, "worker-" + post.name + ++post.number, LeaseTerms.DEFAULT, world.time::nowNanos);
        tick(post, post.lease);
    }

    private void tick(Post post, WorkerLease lease) {
        if (post.lease != lease) {
            return;
        }
        long due = world.now() < post.believesUntilNanos ? 100 * World.MILLI : lease.tick();
        WorkerLife life = post.life;
        if (lease.isLost() && life != null && world.now() >= post.believesUntilNanos) {
            world.log.add(() -> "worker " + life.epoch() + " has lost the lease and ends");
            bury(post, life);
            if (post == posts.getFirst()) {
                world.time.plan(RESTART_NANOS, () -> start(post));
            }
            return;
        }
        OptionalLong epoch = lease.epoch();
        if (life == null && epoch.isPresent()) {
            lead(post, lease, epoch.getAsLong());
        }
        if (post.lease == lease && due != Long.MAX_VALUE) {
            world.time.plan(due, () -> tick(post, lease));
        }
    }

    private void lead(Post post, WorkerLease lease, long epoch) {
        if (world.now() < world.ledgerRefusesUntilNanos) {
            return;
        }
        world.log.add(() -> "worker " + epoch + " starts and leads");
        WorkerLife life = new WorkerLife(
                world,
                wire,
                post.journal,
                post.decisions,
                keyId,
                epoch,
                () -> world.now() < post.believesUntilNanos ? OptionalLong.of(epoch) : lease.epoch(),
                queue);
        post.life = life;
        guarded(post, life, life::start);
    }

    /** What becomes of a worker's calls to the lane's queue. */
    private Verdict verdict(CloudOperation operation, String resource) {
        PlannedFault failed =
                operation == CloudOperation.SEND_MESSAGE ? world.board.take(FaultKind.QUEUE_SEND_FAILED) : null;
        return failed == null
                ? Verdict.PASS
                : Verdict.of(failed.pick() % 2 == 0 ? Fault.ANSWER_LOST : Fault.UNREACHABLE);
    }

    /** Lets a life do something; if it dies of that, it is buried and another one comes. */
    private void guarded(Post post, WorkerLife life, Runnable work) {
        try {
            work.run();
        } catch (ProcessDeath death) {
            world.log.add(() -> "worker " + life.epoch() + " dies: " + death.getMessage());
            bury(post, life);
            if (post == posts.getFirst()) {
                world.time.plan(RESTART_NANOS, () -> start(post));
            }
        }
    }

    private void bury(Post post, WorkerLife life) {
        deaths++;
        life.kill();
        post.journal.loseUnflushed();
        wire.hangUp(life.gaps());
        post.life = null;
        post.lease = null;
        post.believesUntilNanos = 0;
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

    /** A worker's process stood still and does not know it: a second one leads, and the first goes on as if it did. */
    void secondLeader(long nanos) {
        Post old = posts.getFirst();
        Post other = new Post("b" + posts.size());
        posts.addFirst(other);
        old.believesUntilNanos = world.now() + LeaseTerms.DEFAULT.ttlNanos() + nanos;
        start(other);
        world.time.plan(LeaseTerms.DEFAULT.ttlNanos() + nanos, () -> {
            WorkerLife life = old.life;
            if (life != null) {
                bury(old, life);
            }
        });
    }

    boolean hasOneLeader() {
        return posts.stream().filter(post -> post.life != null).count() == 1 && posts.getFirst().life != null;
    }

    /** Whether a worker listens to the exchange. */
    boolean isConnected() {
        WorkerLife life = posts.getFirst().life;
        return life != null && wire.isConnected(life.gaps());
    }

    /** A report is on the queue: whoever takes himself for the leader takes it, and two take turns. */
    void reported() {
        world.time.plan(REPORT_NANOS, this::receive);
    }

    private void receive() {
        if (world.cloud.nextReceivableNanos(reportsName) > world.now()) {
            return;
        }
        List<Post> leading = posts.stream().filter(post -> post.life != null).toList();
        if (!leading.isEmpty()) {
            Post post = leading.get(received++ % leading.size());
            WorkerLife life = post.life;
            if (life != null) {
                guarded(post, life, life::receiveReports);
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
        receive();
        LaneState state = world.lane();
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
            post.lease = null;
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
