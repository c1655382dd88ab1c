package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FrameScanTest {
    private static final String FRAME =
            "{ \"data\":[{\"type\":\"inner\",\"interval\": 5}],\"note\":\"a \\\"type\\\":\\\"x\\\"\","
                    + " \"type\" : \"outer\", \"success\":false}\n";

    @Test
    void a_field_of_the_outermost_object_is_found_in_any_order_and_spacing() {
        assertThat(topLevel("type")).isEqualTo("outer");
        assertThat(topLevel("success")).isEqualTo("false");
    }

    @Test
    void an_inner_field_is_found_only_when_asked_for_anywhere() {
        assertThat(topLevel("interval")).isEmpty();
        byte[] bytes = FRAME.getBytes(UTF_8);
        assertThat(FrameScan.anywhere(bytes, 0, bytes.length, "interval")).isEqualTo("5");
        assertThat(FrameScan.anywhere(bytes, 0, bytes.length, "type")).isEqualTo("inner");
    }

    @Test
    void what_is_no_scalar_or_absent_is_empty() {
        assertThat(topLevel("data")).isEmpty();
        assertThat(topLevel("missing")).isEmpty();
    }

    @Test
    void damaged_frames_do_no_harm() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = FRAME.getBytes(UTF_8);
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int to = random.nextInt(bytes.length + 1);
            int from = random.nextInt(to + 1);
            assertThat(FrameScan.topLevel(bytes, from, to, "type")).isNotNull();
            assertThat(FrameScan.anywhere(bytes, from, to, "interval")).isNotNull();
        }
    }

    private static String topLevel(String name) {
        byte[] bytes = FRAME.getBytes(UTF_8);
        return FrameScan.topLevel(bytes, 0, bytes.length, name);
    }
}
