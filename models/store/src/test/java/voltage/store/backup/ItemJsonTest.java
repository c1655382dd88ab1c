package voltage.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemJsonTest {
    @Test
    void an_item_is_one_line_of_dynamodbs_own_json_by_the_names_of_its_attributes() {
        String line = ItemJson.write(Map.of(
                "sk", AttributeValue.fromS("say \"no\"\n"),
                "n", AttributeValue.fromN("9007199254740993"),
                "pk", AttributeValue.fromSs(List.of("b", "a"))));

        assertThat(line)
                .isEqualTo("{\"n\":{\"N\":\"9007199254740993\"},\"pk\":{\"SS\":[\"a\",\"b\"]},"
                        + "\"sk\":{\"S\":\"say \\\"no\\\"\\n\"}}");
    }

    @Test
    void every_item_comes_back_as_it_was() throws IOException {
        SplittableRandom random = new SplittableRandom(16);
        for (int i = 0; i < 500; i++) {
            Map<String, AttributeValue> item = map(random, 3);

            assertThat(ItemJson.read(ItemJson.write(item))).isEqualTo(item);
        }
    }

    private static Map<String, AttributeValue> map(SplittableRandom random, int depth) {
        Map<String, AttributeValue> item = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            item.put(text(random), value(random, depth));
        }
        return item;
    }

    private static AttributeValue value(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> AttributeValue.fromS(text(random));
            case 1 -> AttributeValue.fromN(Long.toString(random.nextLong()));
            case 2 -> AttributeValue.fromB(bytes(random));
            case 3 -> AttributeValue.fromBool(random.nextBoolean());
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> AttributeValue.fromSs(List.of("a", "b", "c" + text(random)));
            case 6 -> AttributeValue.fromNs(List.of("1", "2"));
            case 7 -> AttributeValue.fromBs(List.of(bytes(random)));
            case 8 ->
                AttributeValue.fromL(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(random, depth - 1))
                        .toList());
            default -> AttributeValue.fromM(map(random, depth - 1));
        };
    }

    private static SdkBytes bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint("\"\\\n\u0000\u00e9\u2028\ud83d\ude00az09".codePointAt(random.nextInt(6)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "{\"pk\":7}", "{\"pk\":{\"X\":\"7\"}}", "{\"pk\":{\"S\":\"a\",\"N\":\"1\"}}", "{\"pk\":"})
    void what_is_no_item_is_refused(String line) {
        assertThatThrownBy(() -> ItemJson.read(line)).isInstanceOf(IOException.class);
    }
}
