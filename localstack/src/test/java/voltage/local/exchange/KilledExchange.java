package voltage.local.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static voltage.local.exchange.TestExchange.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import voltage.local.session.SessionEvent;

/** A process that trades without end and prints each answer, until it is killed. First argument: the journal. */
final class KilledExchange {
    private KilledExchange() {}

    public static void main(String[] arguments) throws Exception {
        FileJournal journal = FileJournal.open(Path.of(arguments[0]));
        TestExchange test =
                new TestExchange(ExchangeSettings.defaults().withoutRateLimits().withStaleNanos(0), journal);
        TestExchange.Client alice = test.client("alice", 1_000_000_000_000L);
        test.exchange.apply(image(test.nowNanos));
        var out = new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, UTF_8);
        for (int i = 0; ; i++) {
            JsonNode answer =
                    json((i % 2 == 0 ? alice.ioc("k" + i, "bid", "1", "0.52") : alice.gtc("k" + i, "bid", "1", "0.40"))
                            .text());
            out.println(answer.path("order_id").asText() + " "
                    + answer.path("fill_count").asText() + " " + test.exchange.cashE6("alice"));
        }
    }

    static SessionEvent.BookImage image(long nanos) {
        return new SessionEvent.BookImage(
                nanos, TestExchange.TICKER, new int[] {4_700}, new long[] {300}, new int[] {4_800}, new long[] {
                    900_000_000
                });
    }
}
