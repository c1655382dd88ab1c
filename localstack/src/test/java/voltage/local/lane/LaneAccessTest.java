package voltage.local.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.lambda.execution.KillSwitch;
import voltage.local.cloud.CloudDoor;
import voltage.local.cloud.EmbeddedCloud;
import voltage.market.Side;
import voltage.order.CashFlows;
import voltage.order.Command;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Reconcile;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.Reconciliation;
import voltage.order.RefusalReason;
import voltage.store.cloud.CloudResources;

@Timeout(180)
class LaneAccessTest {
    @Test
    void a_stopped_lane_is_started_carries_out_what_is_sent_and_is_flat_after_flatten(@TempDir Path folder) {
        try (LocalLane outside = new LocalLane(folder)) {
            bookStart(folder);
            List<LedgerEntry> after;
            try (LaneAccess lane = outside.open(Lane.PAPER, folder)) {
                assertThat(lane.place()).isEqualTo(LaneAccess.Place.STARTED_HERE);
                String ticker = outside.ticker();
                run(
                        lane,
                        LocalLane.order(
                                lane.header("entry").withEpochs(0, 0),
                                OrderTerms.take(ticker, 2, Side.YES, 9_900, 300)));

                FlattenPlan plan = FlattenPlan.of(lane, 500);
                assertThat(plan.exits()).singleElement().satisfies(exit -> {
                    assertThat(exit.countE2()).isEqualTo(300);
                    assertThat(exit.worstPriceE4()).isBetween(1, exit.bestBidE4());
                    assertThat(exit.feesE6()).isPositive();
                });
                FlattenPlan.Exit exit = plan.exits().getFirst();
                CommandRecord closed = run(
                        lane,
                        new ClosePosition(
                                lane.header("close"),
                                exit.ticker(),
                                exit.exchangeIndex(),
                                exit.worstPriceE4(),
                                Command.Purpose.OPERATOR_CLOSE));
                assertThat(closed.state()).isInstanceOf(CommandState.Done.class);
                assertThat(FlattenPlan.of(lane, 500).isFlat()).isTrue();

                assertThat(result(run(lane, new Reconcile(lane.header("first"))))
                                .isClean())
                        .isTrue();
                after = lane.ledger().entries(Lane.PAPER, 0).entries();
            }
            try (LaneAccess again = outside.open(Lane.PAPER, folder)) {
                Reconciliation second = result(run(again, new Reconcile(again.header("second"))));
                assertThat(second.findings()).isEmpty();
                assertThat(second.differenceE6()).isZero();
                assertThat(again.ledger().entries(Lane.PAPER, 0).entries()).isEqualTo(after);
                CashFlows flows = CashFlows.of(after, 0, Long.MAX_VALUE);
                assertThat(flows.openingE6()
                                + flows.flows().stream()
                                        .mapToLong(CashFlows.Flow::amountE6)
                                        .sum())
                        .isEqualTo(flows.closingE6())
                        .isEqualTo(second.ledgerCashE6());
            }
        }
    }

    @Test
    void a_running_lane_is_reached_from_outside_halted_and_resumed(@TempDir Path folder) throws Exception {
        Path directory = folder.resolve("cloud");
        CloudResources resources = CloudResources.of("local");
        try (LocalLane outside = new LocalLane(folder);
                EmbeddedCloud cloud = EmbeddedCloud.start(EmbeddedCloud.Options.durable(resources, directory));
                CloudDoor door = CloudDoor.open(cloud, directory);
                LaneAccess lane = outside.open(Lane.CANARY, folder)) {
            assertThat(door).isNotNull();
            assertThat(lane.place()).isEqualTo(LaneAccess.Place.RUNNING);

            KillSwitch.Result stop = new KillSwitch(
                            Lane.CANARY,
                            new KillSwitch.Ports(lane.ledger(), lane.exchange(), lane.queue()),
                            () -> LaneAccess.nanos(outside.clock),
                            nanos -> java.util.concurrent.locks.LockSupport.parkNanos(nanos),
                            Runnable::run,
                            KillSwitch.Settings.DEFAULT)
                    .pull("test");

            assertThat(stop.isDone()).isTrue();
            LaneState state = lane.ledger().laneState(Lane.CANARY);
            assertThat(state.halted()).isTrue();
            assertThat(lane.waiting()).isEqualTo(1);
            // Nobody carries commands out here: that is told, and the command stays.
            assertThat(lane.follow(stop.reconcileId().orElseThrow(), Duration.ofMillis(300), waiting -> {}))
                    .isEmpty();
        }
        try (LocalLane outside = new LocalLane(folder);
                LaneAccess lane = outside.open(Lane.CANARY, folder)) {
            assertThat(lane.place()).isEqualTo(LaneAccess.Place.STARTED_HERE);
            CommandRecord resumed = run(lane, new Reconcile(lane.header("resume"), true));
            assertThat(resumed.state()).isInstanceOf(CommandState.Done.class);
            assertThat(lane.ledger().laneState(Lane.CANARY).halted()).isFalse();
            assertThat(lane.ledger().laneState(Lane.CANARY).fenceEpoch()).isEqualTo(1);
        }
    }

    @Test
    void resuming_is_refused_while_ledger_and_exchange_differ(@TempDir Path folder) {
        try (LocalLane outside = new LocalLane(folder);
                LaneAccess lane = openCanary(folder, outside)) {
            // The account holds a thousand dollars; the ledger says it was given ten more.
            lane.ledger().book(Lane.CANARY, List.of(new LedgerEntry.Deposited("start", 1_010_000_000L, 1)));
            lane.ledger().changeLaneState(Lane.CANARY, new LaneState(true, false, true, 1, 0, 1));

            CommandRecord refused = run(lane, new Reconcile(lane.header("resume"), true));

            assertThat(refused.state()).isInstanceOf(CommandState.Refused.class);
            assertThat(refused.reports().getLast())
                    .isInstanceOfSatisfying(
                            ExecutionReport.Refused.class,
                            last -> assertThat(last.reason()).isEqualTo(RefusalReason.NOT_RECONCILED));
            assertThat(result(refused).differenceE6()).isEqualTo(-10_000_000);
            assertThat(lane.ledger().laneState(Lane.CANARY).halted()).isTrue();
        }
    }

    @Test
    void a_lane_that_is_not_there_is_one_clear_error(@TempDir Path folder) {
        assertThatThrownBy(() -> LaneAccess.open(Lane.PAPER, Optional.of(folder.resolve("none")), Map.of()))
                .isInstanceOf(LaneUnavailableException.class)
                .hasMessageContaining("there is no lane paper")
                .hasMessageContaining("--out");
        assertThatThrownBy(() -> LaneAccess.open(Lane.LIVE, Optional.of(folder), Map.of()))
                .isInstanceOf(LaneUnavailableException.class)
                .hasMessageContaining("VOLTAGE_KALSHI_KEY_ID");
    }

    private static LaneAccess openCanary(Path folder, LocalLane outside) {
        EmbeddedCloud.start(EmbeddedCloud.Options.durable(CloudResources.of("local"), folder.resolve("cloud")))
                .close();
        return outside.open(Lane.CANARY, folder);
    }

    private static void bookStart(Path folder) {
        try (EmbeddedCloud cloud = EmbeddedCloud.start(
                EmbeddedCloud.Options.durable(CloudResources.of("local"), folder.resolve("cloud")))) {
            new voltage.store.ledger.DynamoLedger(cloud.clients().dynamoDb(), cloud.resources())
                    .book(Lane.PAPER, List.of(new LedgerEntry.Deposited("start", 1_000_000_000L, 1)));
        }
    }

    private static CommandRecord run(LaneAccess lane, Command command) {
        lane.queue().send(command);
        return lane.follow(command.id(), Duration.ofSeconds(60), waiting -> {}).orElseThrow();
    }

    private static Reconciliation result(CommandRecord record) {
        return record.reports().stream()
                .filter(ExecutionReport.Reconciled.class::isInstance)
                .map(report -> ((ExecutionReport.Reconciled) report).result())
                .findFirst()
                .orElseThrow();
    }
}
