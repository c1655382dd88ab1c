package voltage.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;

/** Damaged frames about our own account: whole events or a MalformedFrameException, and nothing else. */
@Timeout(60)
class AccountFuzzTest {
    private static final int ROUNDS = 5_000;
    private static final Fill FILL = new Fill("t1", "o1", "T", BookSide.ASK, 5_400, 37, 123, true, 9);

    private static final List<byte[]> SEEDS = List.of(
            AccountJson.write(new ExecutionReport.Accepted("c", "T", "o1", 100, 5, 0)),
            AccountJson.write(new ExecutionReport.Refused("c", "T", RefusalReason.LATE, "2 s late", 5, 0)),
            AccountJson.write(new ExecutionReport.Filled("c", "T", "o1", List.of(FILL), true, 5, 0)),
            AccountJson.write(new ExecutionReport.Settled("c", "T", Side.NO, 37_000_000, 5, 0)),
            AccountJson.write(new LaneSwitched(LaneState.initial(Lane.PAPER), "because", 5, 0)),
            AccountJson.write(new LedgerLoaded(
                    List.of(new LedgerEntry.Deposited("d", 1_000_000_000, 1), new LedgerEntry.Filled(FILL, "c")),
                    List.of(new CommandRecord(
                            new Command.PlaceOrder(
                                    new Command.Header("v-1", Lane.PAPER, 7, Long.MAX_VALUE, 3, 4),
                                    OrderTerms.take("T", 2, Side.NO, 4_600, 1_200),
                                    Command.Purpose.ENTRY,
                                    new Command.SeenBook(5_300, 5_400, 17, 8, 9)),
                            new CommandState.Unknown(Optional.of("o1"), 2),
                            List.of())),
                    LaneState.initial(Lane.PAPER),
                    0,
                    0)));

    /** The event; empty if the frame was refused. */
    private static List<MarketEvent> read(byte[] frame) {
        List<MarketEvent> events = new ArrayList<>();
        try {
            new AccountDecoder().frame(frame, 0, frame.length, 42, events::add);
        } catch (MalformedFrameException refused) {
            assertThat(events).as("a refused frame has no effect").isEmpty();
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damaged_bytes_are_whole_events_or_malformed(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            List<MarketEvent> events = read(damaged(SEEDS.get(random.nextInt(SEEDS.size())), random));
            assertThat(events).allSatisfy(event -> assertThat(Holes.in(event)).isNull());
            refused += events.isEmpty() ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
    }

    @Test
    void whatever_is_left_out_or_null_is_refused() {
        for (String json : List.of(
                "{\"type\":\"ExecutionReport$Refused\",\"commandId\":\"c\",\"ticker\":\"T\"}",
                "{\"type\":\"LedgerLoaded\",\"entries\":[null],\"unfinished\":[]}",
                "{\"type\":\"LedgerLoaded\"}",
                "{\"type\":\"LaneSwitched\",\"state\":null,\"reason\":\"r\"}",
                "{\"type\":\"nobody\"}",
                "null",
                "[]",
                "")) {
            assertThat(read(json.getBytes(StandardCharsets.UTF_8))).as(json).isEmpty();
        }
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] frame = seed.clone();
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                yield frame;
            }
            case 2 -> {
                String[] odd = {"null", "-1", "1e400", "\"\"", "[]", "{}", "true", "99999999999999999999", "[null]"};
                String text = new String(frame, StandardCharsets.UTF_8);
                List<Integer> colons = new ArrayList<>();
                for (int at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
                    colons.add(at);
                }
                int at = colons.get(random.nextInt(colons.size())) + 1;
                yield (text.substring(0, at)
                                + text.substring(at)
                                        .replaceFirst("^(\"[^\"]*\"|[^,}\\]]*)", odd[random.nextInt(odd.length)]))
                        .getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                int from = random.nextInt(frame.length);
                int length = random.nextInt(Math.min(40, frame.length - from));
                byte[] cut = Arrays.copyOf(frame, frame.length - length);
                System.arraycopy(frame, from + length, cut, from, frame.length - from - length);
                yield cut;
            }
        };
    }
}
