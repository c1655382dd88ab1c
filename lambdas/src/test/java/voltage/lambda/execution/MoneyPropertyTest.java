package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.lambda.execution.FakeExchange.Fault;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;

/** Whatever is commanded and however the exchange behaves, the cash flows in the ledger add up to its balance. */
@Timeout(120)
class MoneyPropertyTest {
    private static final int RUNS = 300;
    private static final int COMMANDS = 40;
    /** All but the refused key, which would disarm the lane and end the run's interest. */
    private static final List<Fault> MENDING = Arrays.stream(Fault.values())
            .filter(fault -> fault != Fault.NOT_AUTHORISED)
            .toList();

    @Test
    void the_sum_of_cash_flows_is_the_balance_to_the_last_unit() {
        for (long seed = 1; seed <= RUNS; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        TestLane lane = new TestLane();
        List<String> open = new ArrayList<>(List.of("KXBTC15M-A", "KXBTC15M-B", "KXBTC15M-C"));
        List<String> resting = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            shake(lane, random, open);
            String ticker = open.get(random.nextInt(open.size()));
            String id = "c" + i;
            Command command = command(lane, random, id, ticker, resting);
            boolean dies = random.nextInt(10) == 0;
            if (dies) {
                lane.restart(new Crash.Fuse(1 + random.nextInt(8)));
            }
            try {
                lane.run(command);
            } catch (Crash e) {
                lane.restart(new Crash.Fuse(0));
                lane.run(command);
            }
            lane.restart(new Crash.Fuse(0));
            for (String each : open) {
                assertThat(Math.abs(lane.exchange.positionNowE2(each))).isLessThanOrEqualTo(12_500);
            }
        }
        calm(lane);
        for (int i = 0; i < 3; i++) {
            lane.run(lane.reconcile("end" + i));
        }
        resting.forEach(id -> lane.run(lane.cancel(
                "end-" + id,
                lane.ledger
                        .find(voltage.order.Lane.PAPER, id)
                        .flatMap(record -> record.command().market())
                        .orElse(""),
                id)));
        lane.run(lane.reconcile("end"));
        String where = "seed " + seed;
        assertThat(lane.account().cashE6()).as(where).isEqualTo(lane.exchange.cashNowE6());
        assertThat(lane.account().fills())
                .as(where)
                .isEqualTo(lane.exchange.allFills().size());
        assertThat(lane.unfinished()).as(where).isZero();
        for (String ticker : List.of("KXBTC15M-A", "KXBTC15M-B", "KXBTC15M-C")) {
            if (open.contains(ticker)) {
                assertThat(lane.account().positionE2(ticker)).as(where).isEqualTo(lane.exchange.positionNowE2(ticker));
            } else {
                assertThat(lane.account().positionE2(ticker)).as(where).isZero();
            }
        }
        for (int i = 0; i < COMMANDS; i++) {
            assertThat(lane.exchange.ordersOf("c" + i)).as(where).isLessThanOrEqualTo(1);
        }
    }

    private static Command command(TestLane lane, Random random, String id, String ticker, List<String> resting) {
        Side side = random.nextBoolean() ? Side.YES : Side.NO;
        long count = 1 + random.nextLong(700);
        return switch (random.nextInt(10)) {
            case 0 -> lane.reconcile(id);
            case 1 -> lane.settle(id, ticker);
            case 2 -> lane.close(id, ticker);
            case 3, 4 -> lane.exit(id, ticker, side, 100 * (1 + random.nextInt(50)), count);
            case 5 -> {
                resting.add(id);
                yield lane.rest(
                        id,
                        ticker,
                        random.nextBoolean() ? BookSide.BID : BookSide.ASK,
                        1_000 + 100 * random.nextInt(80),
                        count);
            }
            case 6 ->
                resting.isEmpty()
                        ? lane.reconcile(id)
                        : lane.cancel(id, ticker, resting.get(random.nextInt(resting.size())));
            default -> lane.buy(id, ticker, side, 3_000 + 100 * random.nextInt(60), count);
        };
    }

    private static void shake(TestLane lane, Random random, List<String> open) {
        FakeExchange exchange = lane.exchange;
        exchange.placeFaults.clear();
        exchange.cancelFaults.clear();
        if (random.nextInt(3) == 0) {
            exchange.placeFaults.add(MENDING.get(random.nextInt(MENDING.size())));
        }
        if (random.nextInt(4) == 0) {
            exchange.cancelFaults.add(random.nextBoolean() ? Fault.ANSWER_LOST : Fault.LOST_ON_THE_WAY);
        }
        exchange.lagNanos = random.nextInt(5) == 0 ? 5 * VirtualTime.SECOND : random.nextLong(600) * VirtualTime.MILLI;
        exchange.fillLagNanos = random.nextInt(6) == 0 ? 10 * VirtualTime.SECOND : 0;
        exchange.readsFail = random.nextInt(12) == 0;
        exchange.revenueReadsZero = random.nextInt(5) == 0;
        for (String ticker : open) {
            exchange.emptyBook(ticker);
            int mid = 2_000 + 100 * random.nextInt(60);
            for (int level = 1; level <= 3; level++) {
                exchange.offer(ticker, mid + 100 * level, 1 + random.nextInt(400));
                exchange.bid(ticker, mid - 100 * level, 1 + random.nextInt(400));
            }
        }
        if (open.size() > 1 && random.nextInt(25) == 0) {
            exchange.settle(open.removeLast(), random.nextBoolean() ? Side.YES : Side.NO);
        }
        if (random.nextInt(15) == 0) {
            exchange.strayOrder(
                    open.getFirst(), random.nextBoolean() ? BookSide.BID : BookSide.ASK, 5_000, 1 + random.nextInt(90));
        }
    }

    private static void calm(TestLane lane) {
        FakeExchange exchange = lane.exchange;
        exchange.placeFaults.clear();
        exchange.cancelFaults.clear();
        exchange.readsFail = false;
        exchange.lagNanos = 0;
        exchange.fillLagNanos = 0;
        lane.time.pause(60 * VirtualTime.SECOND);
    }
}
