package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.CLOSE;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.ChildJvm;
import voltage.local.session.SessionEvent;
import voltage.market.Side;

/** A killed exchange continues with every order, fill, cent and client order id. */
class RecoveryTest {
    private static final ExchangeSettings SETTINGS = ExchangeSettings.defaults().withoutRateLimits();

    @TempDir
    private Path folder;

    private SessionEvent.BookImage image(long nanos) {
        return new SessionEvent.BookImage(
                nanos, TICKER, new int[] {4_700}, new long[] {30_000}, new int[] {4_800}, new long[] {30_000});
    }

    private static String visible(TestExchange test, TestExchange.Client client) {
        return client.get("/portfolio/orders").text()
                + client.get("/portfolio/fills").text()
                + client.get("/portfolio/positions").text()
                + client.get("/portfolio/settlements").text()
                + client.get("/portfolio/balance?exchange_index=2").text().replaceAll("\"updated_ts\":\\d+", "")
                + client.get("/markets/" + TICKER + "/orderbook").text()
                + test.exchange.cashE6("alice");
    }

    @Test
    void everything_is_as_it_was_and_goes_on() throws Exception {
        Path file = folder.resolve("exchange.jsonl");
        TestExchange.Client alice;
        String before;
        String restingId;
        long nowNanos;
        SessionEvent.BookImage image;
        try (FileJournal journal = FileJournal.open(file)) {
            TestExchange test = new TestExchange(SETTINGS, journal);
            alice = test.client("alice", 100_000_000);
            image = image(test.nowNanos);
            test.exchange.apply(image);
            test.after(SECOND);
            alice.ioc("a1", "bid", "10", "0.52");
            restingId = json(alice.gtc("a2", "bid", "5", "0.47").text())
                    .path("order_id")
                    .asText();
            alice.gtc("a3", "ask", "5", "0.60");
            test.after(SECOND);
            before = visible(test, alice);
            nowNanos = test.nowNanos;
        }
        Files.writeString(file, "{\"nanos\":17", StandardOpenOption.APPEND); // died while writing

        List<String> lines = FileJournal.lines(file);
        try (FileJournal journal = FileJournal.open(file)) {
            TestExchange test = TestExchange.recovered(nowNanos, SETTINGS, journal, lines);
            test.exchange.restore(image);
            test.exchange.restored();
            TestExchange.Client again = test.new Client(alice.keyId, alice.pair());
            assertThat(visible(test, again)).isEqualTo(before);
            assertThat(test.exchange.displayedE2(TICKER, Side.NO, 4_800)).isEqualTo(29_000);
            assertThat(again.gtc("a1", "bid", "1", "0.40").status()).isEqualTo(409);
            assertThat(again.get("/portfolio/orders/" + restingId + "/queue_position")
                            .text())
                    .contains("300.00");
            test.print(4_700, 30_200, Side.NO);
            assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(1_200);
            test.print(4_700, 30_200, Side.NO);
            assertThat(test.exchange.positionE2("alice", TICKER)).isEqualTo(1_500);
            test.to(CLOSE + 10 * SECOND);
            long cashE6 = test.exchange.cashE6("alice");
            assertThat(test.exchange.restingOrders()).isZero();
            nowNanos = test.nowNanos;

            TestExchange third =
                    TestExchange.recovered(nowNanos, SETTINGS, ExchangeJournal.NONE, FileJournal.lines(file));
            third.exchange.restored();
            assertThat(third.exchange.cashE6("alice")).isEqualTo(cashE6);
            third.after(100 * SECOND);
            assertThat(third.exchange.cashE6("alice")).isEqualTo(cashE6);
        }
    }

    @Test
    @Timeout(60)
    void a_killed_process_has_kept_everything_that_it_answered() throws Exception {
        Path file = folder.resolve("killed.jsonl");
        Process process = ChildJvm.of(KilledExchange.class.getName(), folder.resolve("scratch"))
                .command(file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> answers = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 300; i++) {
                answers.add(String.valueOf(out.readLine()));
            }
            process.toHandle().destroyForcibly(); // leaves the pipe readable
            out.lines().filter(line -> line.matches("\\S+ \\S+ \\d+")).forEach(answers::add);
        }
        process.waitFor();

        TestExchange again = TestExchange.recovered(
                TestExchange.OPEN + 60 * SECOND,
                SETTINGS.withStaleNanos(0),
                ExchangeJournal.NONE,
                FileJournal.lines(file));
        again.exchange.restore(KilledExchange.image(TestExchange.OPEN + 60 * SECOND));
        again.exchange.restored();
        Account alice = again.exchange.account("alice");
        long filledE2 = 0;
        for (String answer : answers) {
            String[] parts = answer.split(" ");
            Order order = alice.orders.get(parts[0]);
            assertThat(order).as(answer).isNotNull();
            filledE2 += voltage.market.FixedPoint.parse(parts[1], 2);
        }
        // At most one request was executed and journalled whose answer was never read.
        assertThat(alice.orders.size()).isBetween(answers.size(), answers.size() + 1);
        assertThat(alice.fills.stream().mapToLong(Fill::countE2).sum()).isBetween(filledE2, filledE2 + 100);
        if (alice.orders.size() == answers.size()) {
            assertThat(again.exchange.cashE6("alice"))
                    .isEqualTo(Long.parseLong(answers.getLast().split(" ")[2]));
        }
        assertThat(again.exchange.displayedE2(TICKER, Side.NO, 4_800))
                .isEqualTo(900_000_000
                        - alice.fills.stream().mapToLong(Fill::countE2).sum());
    }

    @Test
    void dying_after_any_line_neither_loses_nor_doubles_a_cent() {
        List<String> lines = new ArrayList<>();
        List<String> states = new ArrayList<>();
        TestExchange test = new TestExchange(SETTINGS, lines::add);
        TestExchange.Client alice = test.client("alice", 100_000_000);
        TestExchange.Client bob = test.client("bob", 100_000_000);
        int opening = lines.size();
        test.exchange.apply(image(test.nowNanos));
        List<Runnable> steps = List.of(
                () -> alice.gtc("a1", "bid", "7", "0.50"),
                () -> bob.ioc("b1", "ask", "3", "0.50"),
                () -> alice.ioc("a2", "bid", "4", "0.52"),
                () -> bob.gtc("b2", "ask", "9", "0.55"),
                () -> alice.send("DELETE", TestExchange.ORDERS, ""),
                () -> test.to(CLOSE + 300_000_000L),
                () -> test.to(CLOSE + 20 * SECOND));
        for (Runnable step : steps) {
            step.run();
            assertThat(lines).hasSizeGreaterThan(opening + states.size());
            while (opening + states.size() < lines.size()) {
                states.add(test.exchange.cashE6("alice") + " " + test.exchange.cashE6("bob"));
            }
        }
        for (int died = 0; died < states.size(); died++) {
            TestExchange again = TestExchange.recovered(
                    test.nowNanos - 40 * SECOND, SETTINGS, ExchangeJournal.NONE, lines.subList(0, opening + died + 1));
            assertThat(again.exchange.cashE6("alice") + " " + again.exchange.cashE6("bob"))
                    .as("after line %s", died)
                    .isEqualTo(states.get(died));
        }
    }
}
