package voltage.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.exchange.TestExchange.CLOSE;
import static voltage.local.exchange.TestExchange.SECOND;
import static voltage.local.exchange.TestExchange.TICKER;
import static voltage.local.exchange.TestExchange.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.TickGrid;

/** What must hold whatever three accounts and a moving book do to each other. */
@Timeout(60)
class ExchangePropertiesTest {
    private static final List<String> NAMES = List.of("alice", "bob", "carol");
    private static final long CASH = 20_000_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void money_is_conserved_balances_stay_positive_and_fills_add_up(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        TestExchange test = new TestExchange(
                ExchangeSettings.defaults().withoutRateLimits().withSeed(seed).withStaleNanos(0));
        List<TestExchange.Client> clients =
                NAMES.stream().map(name -> test.client(name, CASH)).toList();
        TestExchange.Stream stream = clients.getFirst().stream();
        stream.subscribe("\"orderbook_delta\"", ",\"market_tickers\":[\"" + TICKER + "\"]");
        test.usualBook();
        List<String> ids = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            test.after(random.nextLong(1, SECOND));
            act(test, clients, ids, random, step);
            for (String name : NAMES) {
                assertThat(test.exchange.availableE6(name, 2))
                        .as("step %s", step)
                        .isNotNegative();
                assertThat(test.exchange.cashE6(name) % 100)
                        .as("whole balance units")
                        .isZero();
            }
        }
        assertThat(rebuilt(stream))
                .isEqualTo(json(clients.getFirst()
                                .get("/markets/" + TICKER + "/orderbook")
                                .text())
                        .path("orderbook_fp")
                        .toString());
        checkAccounts(test, clients);
        test.to(CLOSE + 10 * SECOND);
        assertThat(test.exchange.restingOrders()).isZero();
        for (int i = 0; i < NAMES.size(); i++) {
            assertThat(test.exchange.cashE6(NAMES.get(i)))
                    .isEqualTo(CASH + cashFlowE6(clients.get(i)) + payoutE6(clients.get(i)));
        }
    }

    private static void act(
            TestExchange test, List<TestExchange.Client> clients, List<String> ids, RandomGenerator random, int step) {
        TestExchange.Client client = clients.get(random.nextInt(clients.size()));
        String count = FixedPoint.format(random.nextLong(1, 1_500), 2);
        String price = FixedPoint.format(random.nextInt(40, 60) * 100, 4);
        String side = random.nextBoolean() ? "bid" : "ask";
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                JsonNode answer =
                        json(client.gtc("g" + step, side, count, price).text());
                if (answer.has("order_id")) {
                    ids.add(answer.path("order_id").asText());
                }
            }
            case 3 -> client.ioc("i" + step, side, count, price);
            case 4 -> {
                if (!ids.isEmpty()) {
                    client.cancel(ids.get(random.nextInt(ids.size())));
                }
            }
            case 5 -> {
                if (!ids.isEmpty()) {
                    client.send(
                            "POST",
                            TestExchange.ORDERS + "/" + ids.get(random.nextInt(ids.size())) + "/amend",
                            "{\"ticker\":\"%s\",\"side\":\"%s\",\"price\":\"%s\",\"count\":\"%s\",\"exchange_index\":2}"
                                    .formatted(TICKER, side, price, count));
                }
            }
            case 6 ->
                test.print(
                        random.nextInt(40, 60) * 100,
                        random.nextLong(1, 40_000),
                        random.nextBoolean() ? Side.YES : Side.NO);
            default -> {
                int yes = random.nextInt(40, 58) * 100;
                int no = TickGrid.ONE_DOLLAR_E4 - yes - random.nextInt(1, 4) * 100;
                test.book(
                        new int[] {yes - 100, yes},
                        new long[] {random.nextLong(1, 2_000), random.nextLong(1, 2_000)},
                        new int[] {no - 100, no},
                        new long[] {random.nextLong(1, 2_000), random.nextLong(1, 2_000)});
            }
        }
    }

    private static void checkAccounts(TestExchange test, List<TestExchange.Client> clients) {
        for (int i = 0; i < clients.size(); i++) {
            TestExchange.Client client = clients.get(i);
            TreeMap<String, Long> filled = new TreeMap<>();
            long position = 0;
            for (JsonNode fill : client.read("/portfolio/fills?limit=1000").path("fills")) {
                long countE2 = FixedPoint.parse(fill.path("count_fp").asText(), 2);
                assertThat(FixedPoint.parse(fill.path("fee_cost").asText(), 6)).isNotNegative();
                filled.merge(fill.path("order_id").asText(), countE2, Long::sum);
                position += fill.path("book_side").asText().equals("bid") ? countE2 : -countE2;
            }
            for (JsonNode order : client.read("/portfolio/orders?limit=1000").path("orders")) {
                assertThat(FixedPoint.parse(order.path("fill_count_fp").asText(), 2))
                        .isEqualTo(filled.getOrDefault(order.path("order_id").asText(), 0L));
            }
            assertThat(test.exchange.positionE2(NAMES.get(i), TICKER)).isEqualTo(position);
            assertThat(test.exchange.cashE6(NAMES.get(i))).isEqualTo(CASH + cashFlowE6(client));
        }
    }

    /** What the fills did to cash: pairs of YES and NO are worth a dollar at once. */
    private static long cashFlowE6(TestExchange.Client client) {
        List<JsonNode> fills = new ArrayList<>();
        client.read("/portfolio/fills?limit=1000").path("fills").forEach(fills::addFirst);
        long net = 0;
        long cash = 0;
        for (JsonNode fill : fills) {
            long countE2 = FixedPoint.parse(fill.path("count_fp").asText(), 2);
            long yesE4 = FixedPoint.parse(fill.path("yes_price_dollars").asText(), 4);
            boolean bid = fill.path("book_side").asText().equals("bid");
            long closing = Math.min(countE2, Math.max(0, bid ? -net : net));
            long priceE4 = bid ? yesE4 : 10_000 - yesE4;
            cash += closing * (10_000 - priceE4) - (countE2 - closing) * priceE4;
            cash -= FixedPoint.parse(fill.path("fee_cost").asText(), 6);
            net += bid ? countE2 : -countE2;
        }
        return cash;
    }

    private static long payoutE6(TestExchange.Client client) {
        long payout = 0;
        for (JsonNode row : client.read("/portfolio/settlements").path("settlements")) {
            payout += FixedPoint.parse(row.path("yes_count_fp").asText(), 2) * 10_000; // YES wins
        }
        return payout;
    }

    /** The book that a client builds from its frames, in REST's form. */
    private static String rebuilt(TestExchange.Stream stream) {
        TreeMap<String, Long> yes = new TreeMap<>();
        TreeMap<String, Long> no = new TreeMap<>();
        long expected = 1;
        for (String text : stream.frames) {
            JsonNode frame = json(text);
            JsonNode msg = frame.path("msg");
            switch (frame.path("type").asText()) {
                case "orderbook_snapshot" -> {
                    load(yes, msg.path("yes_dollars_fp"));
                    load(no, msg.path("no_dollars_fp"));
                }
                case "orderbook_delta" -> {
                    TreeMap<String, Long> side = msg.path("side").asText().equals("yes") ? yes : no;
                    String price = msg.path("price_dollars").asText();
                    long size = side.merge(
                            price, FixedPoint.parse(msg.path("delta_fp").asText(), 2), Long::sum);
                    assertThat(size).isNotNegative();
                    if (size == 0) {
                        side.remove(price);
                    }
                }
                default -> {
                    continue;
                }
            }
            assertThat(frame.path("seq").asLong()).isEqualTo(expected++);
        }
        return "{\"no_dollars\":" + levels(no) + ",\"yes_dollars\":" + levels(yes) + "}";
    }

    private static void load(TreeMap<String, Long> side, JsonNode levels) {
        side.clear();
        levels.forEach(level ->
                side.put(level.get(0).asText(), FixedPoint.parse(level.get(1).asText(), 2)));
    }

    private static String levels(TreeMap<String, Long> side) {
        List<String> levels = new ArrayList<>();
        side.forEach((price, size) -> levels.add("[\"" + price + "\",\"" + FixedPoint.format(size, 2) + "\"]"));
        return "[" + String.join(",", levels) + "]";
    }
}
