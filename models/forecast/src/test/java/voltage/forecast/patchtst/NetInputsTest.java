package voltage.forecast.patchtst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.MinuteWindow;

class NetInputsTest {
    private static final FeatureSet SET = FeatureSet.CANDLES;
    private static final List<VolatilityEvent> EVENTS = VolatilityEvent.grid(List.of(15), List.of(10, 20));
    private static final List<Feature> LEVELS = List.of(Feature.LOG_PARKINSON_1H, Feature.HOUR_COS);
    private static final NetInputs INPUTS =
            new NetInputs(SET, EVENTS, LEVELS, new double[] {-7.5, -15, 0.1}, new double[] {0.5, 2, 1.0 / 3});

    private static MinuteWindow window(long seed) {
        Random random = new Random(seed);
        long[] closes = new long[MinuteWindow.HISTORY];
        long[] volumes = new long[MinuteWindow.HISTORY];
        Arrays.setAll(closes, i -> 900_000_000L + random.nextInt(1_000_000));
        Arrays.setAll(volumes, i -> 1 + random.nextInt(1_000));
        return Objects.requireNonNull(MinuteWindow.of(closes, volumes));
    }

    private static double[] row(double parkinson, double cosine) {
        double[] row = new double[SET.size()];
        Arrays.fill(row, Double.NaN);
        row[SET.indexOf(Feature.LOG_PARKINSON_1H)] = parkinson;
        row[SET.indexOf(Feature.HOUR_COS)] = cosine;
        return row;
    }

    private static String json(NetInputs inputs) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            inputs.write(out);
        }
        return text.toString();
    }

    private static NetInputs read(String json) throws IOException {
        try (JsonParser in = new JsonFactory().createParser(json)) {
            return NetInputs.read(in);
        }
    }

    @Test
    void what_is_written_is_read_back_bit_for_bit() throws IOException {
        NetInputs back = read(json(INPUTS));

        assertThat(back.set().version()).isEqualTo("candles-1");
        assertThat(back.events()).isEqualTo(EVENTS);
        assertThat(back.levels()).isEqualTo(LEVELS);
        assertThat(back.means()).isEqualTo(INPUTS.means());
        assertThat(back.deviations()).isEqualTo(INPUTS.deviations());
    }

    @Test
    void levels_are_told_in_deviations_from_training_and_what_is_missing_is_its_mean() {
        MinuteWindow window = window(1);
        FloatBuffer levels = FloatBuffer.allocate(3);
        INPUTS.writeLevels(row(-12, Double.NaN), window, levels);
        assertThat(levels.get(0)).isCloseTo((float) ((window.logSigma() + 7.5) / 0.5), within(1e-6f));
        assertThat(levels.get(1)).isEqualTo(1.5f);
        assertThat(levels.get(2)).isZero();

        INPUTS.writeLevels(row(1_000, -1_000), window, levels.clear());
        assertThat(levels.get(1)).isEqualTo(5f);
        assertThat(levels.get(2)).isEqualTo(-5f);
    }

    @Test
    void a_process_that_onnx_runtime_would_kill_is_refused_with_the_remedy() {
        CommandLine.require(CommandLine.MOST_BYTES);
        assertThatThrownBy(() -> CommandLine.require(CommandLine.MOST_BYTES + 1))
                .hasMessageContaining("was 3801")
                .hasMessageContaining("CLASSPATH");
    }

    @Test
    void a_window_is_written_channel_by_channel() {
        MinuteWindow window = window(2);
        FloatBuffer floats = FloatBuffer.allocate(180);
        NetInputs.writeWindow(window, floats);
        for (int i = 0; i < 180; i++) {
            assertThat(floats.get(i)).isEqualTo((float) window.values()[i]);
        }
    }

    @Test
    void means_and_deviations_are_those_of_what_is_known() {
        List<double[]> rows = List.of(row(-10, 1), row(-14, Double.NaN), row(-12, 1));
        NetInputs fitted = NetInputs.fit(SET, EVENTS, LEVELS, rows, List.of(window(3), window(4), window(5)));

        assertThat(fitted.means()[1]).isCloseTo(-12, within(1e-12));
        assertThat(fitted.deviations()[1]).isCloseTo(Math.sqrt(8 / 3.0), within(1e-9));
        // One that never changes is left as it is.
        assertThat(fitted.means()[2]).isEqualTo(1);
        assertThat(fitted.deviations()[2]).isEqualTo(1);
    }

    @Test
    void what_cannot_be_served_is_refused_with_the_remedy() throws IOException {
        String good = json(INPUTS);
        assertThatThrownBy(() -> read(good.substring(0, good.length() / 2)))
                .isInstanceOf(BrokenNetException.class)
                .hasMessageContaining("train it anew");
        assertThatThrownBy(() -> read(good.replace("voltage-patchtst-1", "other")))
                .hasMessageContaining("was \"other\"");
        assertThatThrownBy(() -> read(good.replace("hour_cos", "hour_tan"))).hasMessageContaining("hour_tan");
        assertThatThrownBy(() -> read(good.replace("[0.5,2.0,", "[0.5,0.0,")))
                .hasMessageContaining("deviations above 0");
        assertThatThrownBy(() -> read("[]")).isInstanceOf(BrokenNetException.class);
        assertThatThrownBy(() -> PatchTst.load(new byte[] {8, 8, 1, 2, 3}, INPUTS))
                .isInstanceOf(BrokenNetException.class)
                .hasMessageContaining("ONNX Runtime does not take it")
                .hasMessageContaining("from the registry again");
    }
}
