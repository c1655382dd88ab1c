package voltage.spot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.MalformedFrameException;

class JsonTest {
    @Test
    void a_number_is_read_from_its_own_text() throws MalformedFrameException {
        assertThat(parse("{\"a\":85754.8}").get("a").decimal(4)).isEqualTo(857_548_000L);
        assertThat(parse("{\"a\":\"0.00043721\"}").get("a").decimal(8)).isEqualTo(43_721L);
        assertThat(parse("{\"a\":1e-8}").get("a").decimal(8)).isEqualTo(1L);
        assertThat(parse("{\"a\":6.5E+4}").get("a").decimal(4)).isEqualTo(650_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "1E-99999999",
                "\"NaN\"",
                "null",
                "true",
                "[1]",
                "99999999999999999999",
                "1.00001",
                "\"\""
            })
    void a_number_that_cannot_be_kept_exactly_is_refused(String number) throws MalformedFrameException {
        Json value = parse("{\"a\":" + number + "}").get("a");
        assertThatThrownBy(() -> value.decimal(4)).isInstanceOf(MalformedFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":1", "{} {}", "<html>", "{\"a\":NaN}", "[1,]", "{\"a\" 1}"})
    void what_is_not_one_document_is_refused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void a_document_nested_too_deep_is_refused() {
        assertThatThrownBy(() -> parse("[".repeat(10_000))).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void an_instant_has_any_number_of_fraction_digits() throws MalformedFrameException {
        assertThat(parse("[\"2026-10-06T18:06:02.264627814Z\"]").item(0).instantNanos())
                .isEqualTo(1_791_309_962_264_627_814L);
        assertThat(parse("[\"2026-10-06T18:06:02.918011Z\"]").item(0).instantNanos())
                .isEqualTo(1_791_309_962_918_011_000L);
        assertThat(parse("[\"2026-10-06T18:06:02Z\"]").item(0).instantNanos()).isEqualTo(1_791_309_962_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1791309962", "\"2026-10-06 18:06:02\"", "\"9999-10-06T18:06:02Z\"", "\"\""})
    void what_is_no_instant_is_refused(String text) throws MalformedFrameException {
        Json value = parse("[" + text + "]").item(0);
        assertThatThrownBy(value::instantNanos).isInstanceOf(MalformedFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1791309960", "1791309960000", "1791309960000000", "1791309960000000000"})
    void unix_time_may_be_in_four_units(String time) throws MalformedFrameException {
        assertThat(Reading.unixNanos(parse("[" + time + "]").item(0))).isEqualTo(1_791_309_960_000_000_000L);
    }

    @Test
    void a_body_is_wrapped_into_one_line_with_its_path() throws MalformedFrameException {
        byte[] frame = RestFrame.wrap("/0/public/OHLC?pair=XBTUSD&interval=5", "{\n \"a\":\r\n 1}".getBytes(UTF_8));
        assertThat(new String(frame, UTF_8)).doesNotContain("\n").startsWith("{\"path\":\"/0/public/OHLC?pair=XBTUSD");
        RestFrame read = RestFrame.parse(frame, 0, frame.length);
        assertThat(read.resource()).isEqualTo("/0/public/OHLC");
        assertThat(read.parameter("interval")).contains("5");
        assertThat(read.parameter("inter")).isEmpty();
        assertThat(read.body().get("a").integer()).isEqualTo(1);
    }

    @Test
    void an_error_page_wrapped_as_a_body_is_malformed() {
        byte[] frame = RestFrame.wrap("/x", "<html>502</html>".getBytes(UTF_8));
        assertThatThrownBy(() -> RestFrame.parse(frame, 0, frame.length)).isInstanceOf(MalformedFrameException.class);
    }

    private static Json parse(String text) throws MalformedFrameException {
        byte[] bytes = text.getBytes(UTF_8);
        return Json.parse(bytes, 0, bytes.length);
    }
}
