package voltage.forecast.filter;

import org.jspecify.annotations.Nullable;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryScreen;
import voltage.strategy.Opinion;

/** What the engine asks right before an entry. */
public sealed interface EntryFilter extends EntryScreen {
    /** There is none; entries go on in every lane, as they always did. */
    record Absent() implements EntryFilter {
        @Override
        public Mode mode() {
            return Mode.ABSENT;
        }

        @Override
        public @Nullable FilterModel asked() {
            return null;
        }
    }

    /** One should be there and cannot be used, for a reason in words. */
    record Broken(String reason) implements EntryFilter {
        @Override
        public Mode mode() {
            return Mode.BROKEN;
        }

        @Override
        public @Nullable FilterModel asked() {
            return null;
        }
    }

    /** Says what it would have done. */
    record Shadow(FilterModel asked) implements EntryFilter {
        @Override
        public Mode mode() {
            return Mode.SHADOW;
        }
    }

    /** Stops entries below its threshold. */
    record Enforcing(FilterModel asked) implements EntryFilter {
        @Override
        public Mode mode() {
            return Mode.ENFORCING;
        }
    }

    /** Null if there is none that could be asked. */
    @Nullable
    FilterModel asked();

    @Override
    default String version() {
        FilterModel model = asked();
        return model == null ? "" : model.version();
    }

    @Override
    default int thresholdE4() {
        FilterModel model = asked();
        return model == null ? 0 : model.thresholdE4();
    }

    @Override
    default int winE4(EntryFeatures features) {
        FilterModel model = asked();
        return model == null ? Opinion.NONE : model.winE4(features);
    }
}
