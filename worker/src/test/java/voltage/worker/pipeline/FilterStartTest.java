package voltage.worker.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.forecast.filter.EntryFilter;
import voltage.market.Feed;
import voltage.order.Lane;
import voltage.store.journal.Kind;

/** A start's record holds the filter that it takes. */
@Timeout(20)
class FilterStartTest {
    private static final EngineSettings SETTINGS = EngineSettings.defaults(Lane.PAPER);

    @Test
    void a_start_without_a_filter_is_what_it_always_was() {
        byte[] bytes = EngineFactory.toJson(SETTINGS);
        assertThat(new String(bytes, UTF_8)).doesNotContain("entryFilter");
        assertThat(EngineFactory.fromJson(bytes, 0, bytes.length)).isEqualTo(SETTINGS);
        assertThat(EngineFactory.filter(bytes, 0, bytes.length)).isEqualTo(new EntryFilter.Absent());
    }

    @Test
    void settings_and_filter_come_back_from_one_record() {
        byte[] bytes = EngineFactory.toJson(SETTINGS, Optional.of("{\"mode\":\"SHADOW\"}"));
        assertThat(EngineFactory.fromJson(bytes, 0, bytes.length)).isEqualTo(SETTINGS);
        assertThat(EngineFactory.filter(bytes, 0, bytes.length)).isInstanceOf(EntryFilter.Broken.class);
    }

    @Test
    void a_filter_that_cannot_be_used_is_told_and_the_worker_lives() {
        List<EngineOutput> outputs = new ArrayList<>();
        Pipeline pipeline = new Pipeline(outputs::add, event -> {}, LatencyProbe.off());
        byte[] bytes = EngineFactory.toJson(SETTINGS, Optional.of("half a fi"));
        pipeline.record(Feed.OPERATOR, Kind.STARTED, 1, 1_795_000_000_000_000_000L, bytes, 0, bytes.length);
        assertThat(pipeline.engine()).isNotNull();
        assertThat(outputs).singleElement().isInstanceOfSatisfying(EngineOutput.Status.class, status -> {
            assertThat(status.level()).isEqualTo(EngineOutput.Status.Level.ALERT);
            assertThat(status.text()).startsWith("the entry filter cannot be used");
        });
    }
}
