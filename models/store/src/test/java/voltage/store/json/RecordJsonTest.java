package voltage.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.market.Side;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;
import voltage.order.OrderTerms;
import voltage.store.queue.CommandEnvelope;

class RecordJsonTest {
    private static final Command COMMAND = new Command.PlaceOrder(
            new Command.Header("c-1", Lane.PAPER, 10, 20, 3, 4),
            OrderTerms.take("KX-A", 0, Side.YES, 5_200, 500),
            Command.Purpose.ENTRY,
            new Command.SeenBook(5_100, 5_200, 77, 6));

    /** Messages may wait in a queue while a new version is deployed, so this text must stay readable for ever. */
    private static final String TEXT = """
            {"version":1,"command":{"type":"PlaceOrder","header":{"id":"c-1","lane":"PAPER","decidedNanos":10,\
            "refuseAfterNanos":20,"leaseEpoch":3,"fenceEpoch":4},"terms":{"ticker":"KX-A","exchangeIndex":0,\
            "bookSide":"BID","yesPriceE4":5200,"countE2":500,"timeInForce":"IMMEDIATE_OR_CANCEL","expiresNanos":0,\
            "postOnly":false,"reduceOnly":false},"purpose":"ENTRY","seen":{"yesBidE4":5100,"yesAskE4":5200,\
            "sequence":77,"receivedNanos":6}}}""";

    @Test
    void a_command_on_the_queue_has_this_text() {
        assertThat(CommandEnvelope.encode(COMMAND)).isEqualTo(TEXT);
        assertThat(CommandEnvelope.decode(TEXT)).isEqualTo(COMMAND);
    }

    @Test
    void a_whole_loaded_ledger_comes_back_as_it_was() {
        LedgerLoaded loaded = new LedgerLoaded(
                List.of(new LedgerEntry.Deposited("d", 5, 6)),
                List.of(
                        new CommandRecord(COMMAND, CommandState.OPEN, Optional.of("o"), List.of(), 2),
                        new CommandRecord(COMMAND, CommandState.SENDING, Optional.empty(), List.of(), 0)),
                LaneState.initial(Lane.LIVE),
                7,
                8);

        byte[] json = RecordJson.write(LedgerLoaded.class, loaded);

        assertThat(RecordJson.read(LedgerLoaded.class, json, 0, json.length)).isEqualTo(loaded);
    }

    @Test
    void unknown_fields_are_skipped_and_missing_or_wrong_ones_are_refused() {
        assertThat(CommandEnvelope.decode(TEXT.replace("\"purpose\"", "\"new\":[{\"a\":1}],\"purpose\"")))
                .isEqualTo(COMMAND);
        assertRefused(TEXT.replace("\"postOnly\":false,", ""), "postOnly");
        assertRefused(TEXT.replace("5200,\"countE2\"", "52.0,\"countE2\""), "VALUE_NUMBER_INT");
        assertRefused(TEXT.replace("PlaceOrder", "Elsewhere"), "Elsewhere");
        assertRefused(TEXT.replace("\"version\":1", "\"version\":2"), "Remedy");
        assertRefused(TEXT.replace("\"countE2\":500", "\"countE2\":0"), "count is above 0");
        assertRefused(TEXT.substring(0, TEXT.length() - 5), "Command");
        assertRefused(TEXT + "{}", "follows");
        assertRefused("", "Command");
        assertRefused("null", "START_OBJECT");
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> CommandEnvelope.decode(text))
                .isInstanceOf(RecordJson.MalformedJsonException.class)
                .hasMessageContaining(why);
    }
}
