package voltage.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.order.Command;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.store.journal.JournalArchive;
import voltage.store.journal.JournalOptions;
import voltage.store.journal.JournalWriter;
import voltage.store.lease.InMemoryLeases;
import voltage.store.lease.LeaseTerms;
import voltage.store.lease.WorkerLease;
import voltage.worker.pipeline.LatencyProbe;

/** A worker and its lease: what leaves, what the engine is told, and when it is over. */
@Timeout(60)
class LeaseWatchTest {
    private static final Lane LANE = Lane.PAPER;
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryLeases leases = new InMemoryLeases();
    private final InMemoryLedger ledger = new InMemoryLedger(leases::epoch);
    private final List<Command> queue = new ArrayList<>();
    private final List<EngineOutput.Status> told = new ArrayList<>();
    private long nanos = 1_700_000_000L * SECOND;
    private final Inbox inbox = new Inbox(64, () -> nanos);
    private final WorkerLease lease = new WorkerLease(leases, LANE, "me", LeaseTerms.DEFAULT, () -> nanos);
    private final CommandPublisher publisher = new CommandPublisher(queue::add, inbox, lease);

    @TempDir
    private Path directory;

    private JournalWriter journal;
    private Worker worker;
    private LeaseWatch watch;

    @BeforeEach
    void lead() {
        journal = JournalWriter.open(directory, JournalArchive.NONE, JournalOptions.DEFAULT);
        worker = new Worker(
                inbox,
                journal,
                () -> nanos,
                event -> {},
                LatencyProbe.off(),
                new Worker.Outputs(decision -> {}, queue::add, told::add, () -> {}, needed -> {}));
        watch = new LeaseWatch(lease, worker, LANE, ledger);
        tick();
        worker.start(EngineSettings.defaults(LANE), ledger);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void tick() {
        for (int calls = 0; calls < 5 && lease.tick() == 0; calls++) {
            assertThat(calls).isLessThan(4);
        }
    }

    private Command reconcile(String id) {
        return new Command.Reconcile(new Command.Header(id, LANE, nanos, Long.MAX_VALUE, 0, 0));
    }

    @Test
    void a_command_leaves_under_the_leases_epoch() {
        publisher.send(reconcile("a"), LaneState.initial(LANE));
        assertThat(queue)
                .singleElement()
                .satisfies(sent -> assertThat(sent.header().leaseEpoch()).isEqualTo(1));
    }

    @Test
    void while_the_lease_lapses_nothing_leaves_and_the_engine_is_paused_until_it_is_renewed() {
        nanos += 8 * SECOND;
        watch.check();
        assertThat(worker.laneState(LANE).paused()).isTrue();
        assertThat(told).anyMatch(status -> status.level() == EngineOutput.Status.Level.ALERT);
        publisher.send(reconcile("a"), LaneState.initial(LANE));
        assertThat(queue).isEmpty();
        told.clear();
        worker.drain();
        assertThat(told).anyMatch(status -> status.text().contains("does not lead"));

        tick();
        watch.check();
        assertThat(worker.laneState(LANE)).isEqualTo(ledger.laneState(LANE));
        assertThat(worker.laneState(LANE).paused()).isFalse();
    }

    @Test
    void when_another_leads_the_worker_ends() {
        nanos += 30 * SECOND;
        assertThat(leases.acquire(LANE, leases.read(LANE), "other")).isTrue();
        tick();
        assertThatThrownBy(() -> watch.check())
                .isInstanceOf(LeaseWatch.LeaseLostException.class)
                .hasMessageContaining("another worker leads lane paper");
        assertThat(lease.epoch()).isEmpty();
    }
}
