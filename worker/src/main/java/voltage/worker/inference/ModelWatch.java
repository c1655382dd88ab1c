package voltage.worker.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.model.ModelSet;
import voltage.order.Lane;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;

/**
 * Looks at the lane's pointer to its models and, when it has changed, loads what it names and has the inference loop use it. A champion
 * that is there and broken is none: the lane then fails closed or falls back, as its settings say. A registry or a version that cannot be
 * reached leaves everything as it is, and is looked for again.
 */
public final class ModelWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    private final ModelRegistry registry;
    private final Lane lane;
    private final Consumer<Inference.Choice> use;
    private @Nullable ModelPointer known;
    private Inference.Choice current = Inference.Choice.none("no models have been loaded yet");
    private boolean isFailing;

    /** @param use told of each new choice, on the thread that looks */
    public ModelWatch(ModelRegistry registry, Lane lane, Consumer<Inference.Choice> use) {
        this.registry = registry;
        this.lane = lane;
        this.use = use;
    }

    /** Looks once. */
    public void look() {
        try {
            ModelPointer pointer = registry.pointer(lane);
            if (!pointer.equals(known)) {
                Inference.Choice next = choice(pointer);
                known = pointer;
                current = next;
                use.accept(next);
            }
            isFailing = false;
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn(
                        "the models of lane {} cannot be looked up; those in use go on, looking again: {}",
                        lane.label(),
                        e.toString());
            }
            isFailing = true;
        }
    }

    private Inference.Choice choice(ModelPointer pointer) {
        Optional<ModelSet> challenger = challenger(pointer);
        if (pointer.champion().isEmpty()) {
            return new Inference.Choice(
                    Optional.empty(), challenger, "lane " + lane.label() + " has no models; promote a version");
        }
        try {
            ModelSet champion = loaded(pointer.champion().get());
            LOG.info("lane {} forecasts with models {}", lane.label(), champion.version());
            return new Inference.Choice(Optional.of(champion), challenger, "");
        } catch (BrokenArtifactException e) {
            LOG.error("lane {} has lost its models: {}", lane.label(), e.getMessage());
            return new Inference.Choice(Optional.empty(), challenger, String.valueOf(e.getMessage()));
        }
    }

    /** One that is in use already is not fetched again. */
    private ModelSet loaded(String version) {
        return Stream.of(current.champion(), current.challenger())
                .flatMap(Optional::stream)
                .filter(set -> set.version().equals(version))
                .findFirst()
                .orElseGet(() -> registry.load(version));
    }

    /** A broken challenger is nobody's loss. */
    private Optional<ModelSet> challenger(ModelPointer pointer) {
        try {
            return pointer.challenger().map(this::loaded);
        } catch (BrokenArtifactException e) {
            LOG.warn("the challenger is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Looks again and again, on the thread that calls this, until it is interrupted. */
    public void watch(Duration every) {
        try {
            while (true) {
                look();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
