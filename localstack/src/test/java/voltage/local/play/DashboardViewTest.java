package voltage.local.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.engine.Gate;
import voltage.local.session.Session;
import voltage.local.session.SimulatedSession;
import voltage.market.MarketEvent;
import voltage.worker.dashboard.DashboardSnapshot;
import voltage.worker.dashboard.DecisionView;
import voltage.worker.dashboard.MarketView;
import voltage.worker.dashboard.TradeView;
import voltage.worker.report.RunSummary;
import voltage.worker.view.WorkerView;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DashboardViewTest {
    private static final Session SESSION = new SimulatedSession(SimulatedSession.DEFAULT_SEED, 1);

    @TempDir
    private Path directory;

    private final AtomicLong ticks = new AtomicLong();
    private final WorkerView view = new WorkerView(
            new WorkerView.About(DashboardSnapshot.Source.SIMULATED, SESSION.name(), 0, PlayRun.settings(SESSION)),
            ticks::get);
    private final List<DashboardSnapshot> seen = new ArrayList<>();

    @Test
    void the_page_tells_what_the_summary_tells() throws IOException {
        RunSummary summary = new PlayRun(
                        SESSION,
                        directory,
                        PlayRun.Mode.SIMULATION,
                        Double.POSITIVE_INFINITY,
                        TestModels.NONE,
                        new Watcher())
                .run();
        DashboardSnapshot last = view.snapshot();

        assertThat(last.source()).isEqualTo(DashboardSnapshot.Source.SIMULATED);
        assertThat(last.lane()).isEqualTo(DashboardSnapshot.Lane.REPLAY);
        assertThat(last.sessionName()).isEqualTo(SESSION.name());
        assertThat(last.state()).isEqualTo(new DashboardSnapshot.State(DashboardSnapshot.RunState.FINISHED, List.of()));
        assertThat(last.clock().nowNanos()).isGreaterThanOrEqualTo(SESSION.endNanos());

        assertThat(last.money().cashE6()).isEqualTo(summary.ledgerCashE6());
        assertThat(last.money().equityE6()).isEqualTo(summary.ledgerCashE6());
        assertThat(last.money().bankrollStartE6()).isEqualTo(PlayRun.BANKROLL_E6);
        assertThat(last.money().pnlTodayE6()).isEqualTo(summary.pnlE6());
        assertThat(last.money().feesE6()).isEqualTo(summary.feesE6());
        assertThat(last.money().dailyLossLimitE6()).isEqualTo(50_000_000);
        assertThat(last.books().ledgerCashE6()).isEqualTo(summary.ledgerCashE6());
        assertThat(last.books().exchangeCashE6()).isEqualTo(summary.exchangeCashE6());
        assertThat(last.equity().getLast().equityE6()).isEqualTo(summary.ledgerCashE6());

        assertThat(last.counters().decisions()).isEqualTo(summary.decisions());
        assertThat(last.counters().intents()).isEqualTo(summary.intents());
        assertThat(last.counters().orders()).isEqualTo(summary.orders());
        assertThat(last.counters().fills()).isEqualTo(summary.fills());
        assertThat(last.counters().refusals()).isEqualTo(summary.refused());
        assertThat(last.trades()).hasSize((int) summary.fills());
        assertThat(last.trades().stream().mapToLong(TradeView::feeE6).sum()).isEqualTo(summary.feesE6());

        assertThat(last.positions()).isEmpty();
        assertThat(last.markets())
                .extracting(MarketView::ticker)
                .containsAll(summary.markets().stream()
                        .map(RunSummary.MarketLine::ticker)
                        .toList());
        assertThat(last.markets()).extracting(MarketView::status).contains("settled");
        assertThat(last.feeds()).isNotEmpty();
    }

    @Test
    void every_decision_shows_every_gate_and_the_charts_are_never_empty_while_it_trades() throws IOException {
        var unused = new PlayRun(
                        SESSION,
                        directory,
                        PlayRun.Mode.SIMULATION,
                        Double.POSITIVE_INFINITY,
                        TestModels.NONE,
                        new Watcher())
                .run();

        String[] gates = Arrays.stream(Gate.values())
                .map(gate -> gate.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                .toArray(String[]::new);
        List<DecisionView> recent = view.recentDecisions(1_000);
        assertThat(recent).hasSizeGreaterThan(900);
        assertThat(recent).isSortedAccordingTo((a, b) -> Long.compare(b.timeNanos(), a.timeNanos()));
        assertThat(recent).allSatisfy(decision -> {
            assertThat(decision.gates()).extracting(DecisionView.Gate::name).containsExactly(gates);
            assertThat(decision.gates()).allSatisfy(gate -> {
                assertThat(gate.words()).isNotBlank().doesNotContain("unknown value");
                if (gate.verdict() == DecisionView.GateVerdict.NOT_APPLICABLE) {
                    assertThat(gate.value()).isNull();
                }
            });
        });
        assertThat(recent).anySatisfy(decision -> {
            assertThat(decision.verdict()).isEqualTo(DecisionView.Verdict.ENTER);
            assertThat(decision.sizing()).isNotEmpty();
            assertThat(decision.forecast()).isNotNull();
            assertThat(decision.words()).startsWith("Buying ");
        });

        assertThat(seen).anySatisfy(snapshot -> {
            assertThat(snapshot.positions()).isNotEmpty().allSatisfy(position -> {
                assertThat(position.worstCaseLossE6()).isPositive();
                assertThat(position.secondsToClose()).isPositive();
            });
            assertThat(snapshot.decisions()).isNotEmpty();
            assertThat(snapshot.price().candles()).hasSizeGreaterThan(60);
            assertThat(snapshot.price().averages())
                    .allSatisfy(line -> assertThat(line.points()).isNotEmpty());
            assertThat(snapshot.equity()).isNotEmpty();
            assertThat(snapshot.books().exchangeCashE6()).isNull();
            assertThat(snapshot.feeds())
                    .allSatisfy(feed -> assertThat(feed.isUp()).isTrue());
        });
    }

    @Test
    void between_two_snapshots_a_tenth_of_a_second_passes() throws IOException {
        DashboardSnapshot before = view.snapshot();
        assertThat(before.clock().nowNanos()).isZero();
        Watcher frozen = new Watcher();
        frozen.step = 0;

        var unused = new PlayRun(
                        SESSION, directory, PlayRun.Mode.SIMULATION, Double.POSITIVE_INFINITY, TestModels.NONE, frozen)
                .run();

        assertThat(seen.stream().map(snapshot -> snapshot.clock().nowNanos()).distinct())
                .hasSizeLessThanOrEqualTo(2);
        assertThat(view.snapshot().state().state()).isEqualTo(DashboardSnapshot.RunState.FINISHED);
    }

    /** Real time passes by a second a session second. */
    private final class Watcher implements PlayRun.Watcher {
        private long step = 1_000_000_000L;

        @Override
        public void on(MarketEvent event) {
            view.on(event);
        }

        @Override
        public void progress(PlayRun.Progress progress) {
            ticks.addAndGet(step);
            seen.add(view.snapshot());
        }

        @Override
        public void decided(Decision decision) {
            view.decided(decision);
        }

        @Override
        public void status(EngineOutput.Status status) {
            view.status(status);
        }

        @Override
        public void started(PlayRun.Inside inside) {
            view.attach(inside.worker(), inside.feeds());
        }

        @Override
        public void ended(RunSummary summary) {
            view.finished(summary);
        }
    }
}
