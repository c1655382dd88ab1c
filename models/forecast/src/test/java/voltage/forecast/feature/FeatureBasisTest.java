package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voltage.market.Candle;
import voltage.market.CandleSeries;

class FeatureBasisTest {
    private static final List<Candle> CANDLES = RandomMinutes.whole(31, 3_000);
    private static final FeatureBasis BASIS = basis();

    private static FeatureBasis basis() {
        DiurnalProfile profile = new DiurnalProfile();
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        List<double[]> rows = new ArrayList<>();
        for (Candle candle : CANDLES) {
            features.minute(candle);
            profile.minute(candle);
            rows.add(features.at(features.endNanos()).toRow());
        }
        return new FeatureBasis(
                FeatureSet.CANDLES,
                profile.factors().orElseThrow(),
                FeatureReference.of(FeatureSet.CANDLES, rows.toArray(double[][]::new), 1));
    }

    private static String written(FeatureBasis basis) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            basis.write(out);
        }
        return text.toString();
    }

    private static FeatureBasis read(String json) throws IOException {
        try (JsonParser in = new JsonFactory().createParser(json)) {
            return FeatureBasis.read(in);
        }
    }

    @Test
    void what_is_written_is_read_back_to_the_last_bit() throws IOException {
        FeatureBasis back = read(written(BASIS));

        assertThat(back.set()).isSameAs(FeatureSet.CANDLES);
        assertThat(back.diurnal().knownNanos()).isEqualTo(BASIS.diurnal().knownNanos());
        assertThat(back.diurnal().quarters()).isEqualTo(BASIS.diurnal().quarters());
        assertThat(back.diurnal().minutes()).isEqualTo(BASIS.diurnal().minutes());
        for (int i = 0; i < FeatureSet.CANDLES.size(); i++) {
            FeatureReference expected = BASIS.references().get(i);
            FeatureReference reference = back.references().get(i);
            assertThat(reference.feature()).isEqualTo(expected.feature());
            assertThat(reference.edges()).isEqualTo(expected.edges());
            assertThat(reference.shares()).isEqualTo(expected.shares());
            assertThat(reference.effectiveRows()).isEqualTo(expected.effectiveRows());
        }
        assertThat(written(back)).isEqualTo(written(BASIS));
    }

    @Test
    void a_model_is_served_with_the_features_it_was_trained_on() {
        CandleSeries series = new CandleSeries(1, 1_500);
        CANDLES.forEach(series::add);
        MinuteFeatures features = BASIS.after(series);
        FeatureVector vector = features.at(features.endNanos());

        assertThat(vector.coverage()).isEqualTo(1);
        FeatureWatch watch = BASIS.watch(1);
        watch.observe(vector);
        assertThat(watch.stability(FeatureSet.CANDLES.indexOf(Feature.RETURN_5M)))
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "candles-1 | candles-7 | was \"candles-7\"; train the model anew",
                "\"return_5m\" | \"return_6m\" | \"return_6m\" is no feature of candles-1",
                "\"return_5m\" | \"return_15m\" | one reference for each feature of candles-1, in order",
                "\"knownNanos\" | \"madeNanos\" | was \"madeNanos\"",
                "\"knownNanos\":1 | \"knownNanos\":true,\"x\":1 | knownNanos is a whole number",
                "\"quarters\":[ | \"quarters\":[\"x\", | a number stands here, was VALUE_STRING",
                "\"quarters\":[ | \"quarters\":[1, | there are 96 quarter-hours, was 97",
                "\"references\" | \"others\" | was \"others\"",
                "\"edges\":[ | \"edges\":[-99, | one bin more than edges",
                "\"edges\":[ | \"edge\":[ | a reference has no \"edge\"",
                "\"minutes\":[ | \"minutes\":1,\"x\":[ | an array of numbers stands here",
            })
    void another_is_refused_by_the_rule_it_breaks(String find, String replace, String rule) throws IOException {
        String json = written(BASIS);
        String broken =
                json.substring(0, json.indexOf(find)) + replace + json.substring(json.indexOf(find) + find.length());

        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(JsonParseException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void what_lacks_a_part_is_refused() {
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("it is an object, was START_ARRAY");
        assertThatThrownBy(() -> read("{\"set\":\"candles-1\"}")).hasMessageContaining("one is missing");
        assertThatThrownBy(() -> read("{\"diurnal\":{\"quarters\":[],\"minutes\":[]}}"))
                .hasMessageContaining("diurnal has knownNanos, it is missing");
        assertThatThrownBy(() -> read("{\"references\":[]}")).hasMessageContaining("in this order");
        assertThatThrownBy(() -> new FeatureBasis(FeatureSet.CANDLES, BASIS.diurnal(), List.of()))
                .hasMessageContaining("was []");
    }
}
