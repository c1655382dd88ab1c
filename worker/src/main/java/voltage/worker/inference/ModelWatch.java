package voltage.worker.inference;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
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
 * that cannot be loaded is none: the lane then fails closed or falls back, as its settings say. A registry that cannot be reached leaves
 * everything as it is.
 */
public final class ModelWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    private final ModelRegistry registry;
    private final Lane lane;
    private final Consumer<Inference.Choice> use;
    private @Nullable ModelPointer known;
    private boolean isFailing;

    /** @param use told of each new choice, on the thread that looks */
    public ModelWatch(ModelRegistry registry, Lane lane, Consumer<Inference.Choice> use) {
        this.registry = registry;
        this.lane = lane;
        this.use = use;
    }

    /** Looks once. */
    public void look() {
        ModelPointer pointer;
        try {
            pointer = registry.pointer(lane);
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn(
                        "the models of lane {} cannot be looked up; those in use go on, looking again: {}",
                        lane.label(),
                        e.toString());
            }
            isFailing = true;
            return;
        }
        isFailing = false;
        if (!pointer.equals(known)) {
            known = pointer;
            use.accept(choice(pointer));
        }
    }

    private Inference.Choice choice(ModelPointer pointer) {
        if (pointer.champion().isEmpty()) {
            return Inference.Choice.none("lane " + lane.label() + " has no models; promote a version");
        }
        try {
            ModelSet champion = registry.load(pointer.champion().get());
            LOG.info("lane {} forecasts with models {}", lane.label(), champion.version());
            return new Inference.Choice(Optional.of(champion), challenger(pointer), "");
        } catch (BrokenArtifactException e) {
            return Inference.Choice.none(String.valueOf(e.getMessage()));
        }
    }

    /** A broken challenger is nobody's loss. */
    private Optional<ModelSet> challenger(ModelPointer pointer) {
        try {
            return pointer.challenger().map(registry::load);
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
