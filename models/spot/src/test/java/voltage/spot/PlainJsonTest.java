package voltage.spot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.MalformedFrameException;

class PlainJsonTest {
    private static final List<String> FRAMES = List.of(
            "{\"channel\":\"ohlc\",\"data\":[{\"open\":85405.3,\"trades\":92,\"at\":\"2026-10-20T15:06:00.000000000Z\"}]}",
            "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"t\":521,\"p\":\"85474.23000000\",\"m\":false,\"M\":true}}\n",
            "{\"a\":[],\"b\":{},\"c\":null,\"d\":[1,-2,0.50,[true]],\"e\":\"\"}",
            " [ 1 , { \"x\" : \"y\" , \"x\" : \"z\" } , -0.1 ] ");

    private static final String ODD = "\"\\{}[]:,.-+0123456789eEtfnu \n\t\u0001é";

    @Test
    void a_venues_own_frames_are_read_without_the_general_parser() {
        for (String frame : FRAMES) {
            assertThat(plain(frame)).as(frame).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1",
                "{} {}",
                "[1,]",
                "[01]",
                "[1.]",
                "[.5]",
                "[-]",
                "[1e3]",
                "[\"\\n\"]",
                "[\"é\"]",
                "{a:1}",
                "{\"a\" 1}",
                "[nul]",
                "[tru",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}"
            })
    void anything_else_is_left_to_the_general_parser(String text) {
        assertThat(plain(text)).isNull();
    }

    @Test
    void a_document_nested_deep_is_left_to_the_general_parser() {
        assertThat(plain("[".repeat(20) + "]".repeat(20))).isNull();
    }

    @Test
    void whatever_it_reads_is_what_the_general_parser_reads() throws MalformedFrameException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        int read = 0;
        for (int round = 0; round < 40_000; round++) {
            StringBuilder text = new StringBuilder(FRAMES.get(random.nextInt(FRAMES.size())));
            for (int i = random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(text.length());
                char odd = ODD.charAt(random.nextInt(ODD.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, odd);
                    case 1 -> text.insert(at, odd);
                    default -> text.deleteCharAt(at);
                }
            }
            Json plain = plain(text.toString());
            if (plain != null) {
                read++;
                byte[] bytes = text.toString().getBytes(UTF_8);
                assertSame(plain, Json.parseAny(bytes, 0, bytes.length), text.toString());
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    private static void assertSame(Json plain, Json general, String text) throws MalformedFrameException {
        assertThat(plain.toString()).as(text).isEqualTo(general.toString());
        assertThat(plain.isObject()).as(text).isEqualTo(general.isObject());
        assertThat(plain.isArray()).as(text).isEqualTo(general.isArray());
        if (plain.isArray()) {
            assertThat(plain.items()).as(text).hasSameSizeAs(general.items());
            for (int i = 0; i < plain.items().size(); i++) {
                assertSame(plain.item(i), general.item(i), text);
            }
        } else if (plain.isObject()) {
            assertThat(plain.fields().keySet())
                    .as(text)
                    .isEqualTo(general.fields().keySet());
            for (String name : plain.fields().keySet()) {
                assertThat(plain.has(name)).as(text).isEqualTo(general.has(name));
                assertSame(plain.get(name), general.get(name), text);
            }
        } else {
            assertThat(plain.text()).as(text).isEqualTo(general.text());
        }
    }

    private static @org.jspecify.annotations.Nullable Json plain(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return PlainJson.read(bytes, 0, bytes.length);
    }
}
