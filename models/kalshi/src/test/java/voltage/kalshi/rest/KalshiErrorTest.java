package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voltage.kalshi.rest.KalshiError.Code;

class KalshiErrorTest {
    private static KalshiError read(int status, String body) {
        return KalshiError.read(status, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400|{\"error\":{\"code\":\"invalid_order\",\"message\":\"invalid order\",\"details\":\"post only cross\"}}|POST_ONLY_CROSS",
                "400|{\"error\":{\"code\":\"invalid_order\",\"details\":\"reduce_only can only be used with IoC\"}}|REDUCE_ONLY",
                "400|{\"error\":{\"code\":\"invalid_order\",\"message\":\"invalid order\"}}|INVALID_ORDER",
                "400|{\"error\":{\"code\":\"insufficient_balance\",\"service\":\"exchange\"}}|INSUFFICIENT_BALANCE",
                "400|{\"code\":\"bad_request\",\"message\":\"bad request\",\"details\":\"json: cannot\"}|BAD_REQUEST",
                "400|{\"msg\":\"Parameter validation failed\"}|BAD_REQUEST",
                "400|{\"error\":{\"code\":\"MARKET_INACTIVE\"}}|MARKET_CLOSED",
                "400|{\"error\":{\"code\":\"something_new\"}}|UNKNOWN",
                "401|{\"error\":{\"code\":\"header_timestamp_expired\"}}|CLOCK_SKEW",
                "401|{\"error\":{\"code\":\"authentication_error\",\"details\":\"NOT_FOUND\"}}|UNAUTHORIZED",
                "403|{\"error\":{\"code\":\"insufficient_scope\"}}|FORBIDDEN",
                "404|{\"error\":{\"code\":\"not_found\",\"message\":\"not found\"}}|NOT_FOUND",
                "409|{\"error\":{\"code\":\"order_already_exists\"}}|ORDER_ALREADY_EXISTS",
                "409|{\"error\":{\"code\":\"fill_or_kill_insufficient_resting_volume\"}}|FILL_OR_KILL_UNFILLED",
                "409|{\"error\":{\"code\":\"brand_new\"}}|UNKNOWN",
                "400|{\"error\":{\"code\":\"EXCEEDED_ORDER_GROUP_RISK_LIMIT\"}}|ORDER_GROUP_LIMIT",
                "400|{\"error\":{\"code\":\"order_group_cancel\"}}|ORDER_GROUP_CANCEL",
                "404|{\"error\":{\"code\":\"order_group_not_found\"}}|ORDER_GROUP_NOT_FOUND",
                "410|{\"error\":{\"code\":\"deprecated_v1_order_endpoint\"}}|DEPRECATED",
                "429|{\"error\":\"too many requests\"}|RATE_LIMITED",
                "502|<html>bad gateway</html>|SERVER",
                "503||SERVER",
                "500|[]|SERVER",
                "400|{\"error\":{\"code\":7}}|BAD_REQUEST"
            })
    void every_shape_of_error_is_typed(int status, String body, Code expected) {
        KalshiError error = read(status, body == null ? "" : body);
        assertThat(error.code()).isEqualTo(expected);
        assertThat(error.httpStatus()).isEqualTo(status);
    }

    @Test
    void an_authorization_error_is_a_type_of_its_own() {
        assertThat(read(401, "")).isInstanceOf(KalshiError.Unauthorized.class);
        assertThat(read(403, "")).isInstanceOf(KalshiError.Refusal.class);
    }

    @Test
    void what_kalshi_said_is_kept() {
        assertThat(read(400, "{\"error\":{\"code\":\"something_new\",\"message\":\"m\",\"details\":\"d\"}}"))
                .isEqualTo(new KalshiError.Refusal(Code.UNKNOWN, 400, "something_new", "m", "d"));
        assertThat(read(429, "{\"error\":\"too many requests\"}").message()).isEqualTo("too many requests");
        assertThat(read(502, "<html>" + "x".repeat(1000)).message()).hasSize(200);
    }
}
