package voltage.store.model;

import java.util.List;
import java.util.Optional;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.artifact.ModelStore;
import voltage.forecast.artifact.ModelVersions;
import voltage.forecast.model.ModelSet;
import voltage.order.Lane;
import voltage.store.cloud.CloudClients;
import voltage.store.cloud.CloudResources;

/** Versions, and which of them each lane uses. Every change is checked first: what cannot be loaded is never pointed at. */
public final class ModelRegistry {
    private static final int ATTEMPTS = 5;

    private final ModelStore store;
    private final ModelPointers pointers;

    public ModelRegistry(ModelStore store, ModelPointers pointers) {
        this.store = store;
        this.pointers = pointers;
    }

    /** Over S3 and DynamoDB. */
    public static ModelRegistry of(CloudClients clients, CloudResources resources) {
        return new ModelRegistry(
                new S3ModelStore(clients.s3(), resources), new DynamoModelPointers(clients.dynamoDb(), resources));
    }

    public ModelStore store() {
        return store;
    }

    public ModelPointer pointer(Lane lane) {
        return pointers.read(lane);
    }

    /** What the pointer has been, latest first. */
    public List<ModelPointer> history(Lane lane, int most) {
        return pointers.history(lane, most);
    }

    /**
     * A version, ready to serve.
     *
     * @throws voltage.forecast.artifact.BrokenArtifactException if it is not there or not whole
     */
    public ModelSet load(String version) {
        return ModelSetFiles.load(store.read(version));
    }

    /**
     * For a lane that has never had a champion: the latest version that came with the program. One that has keeps its own, whatever
     * program is started.
     */
    public ModelPointer adopt(Lane lane, ModelVersions builtIn, ModelPointer.Change change) {
        ModelPointer present = pointers.read(lane);
        if (present.champion().isPresent()) {
            return present;
        }
        Optional<ModelArtifact> latest = builtIn.latest();
        if (latest.isEmpty()) {
            return present;
        }
        ModelArtifact artifact = latest.get();
        ModelSet loaded = ModelSetFiles.load(artifact);
        assert loaded.version().equals(artifact.version());
        store.publish(artifact);
        ModelPointer next = present.promoted(artifact.version(), change);
        // If another worker was first, its choice stands.
        return pointers.write(next) ? next : pointers.read(lane);
    }

    /**
     * Makes a version the champion in place of the one that it was judged against.
     *
     * @param judged the pointer as it was then
     * @throws IllegalStateException if the champion has changed since
     */
    public ModelPointer promote(ModelPointer judged, String version, ModelPointer.Change change) {
        ModelSet loaded = load(version);
        return change(judged.lane(), pointer -> {
            if (!pointer.champion().equals(judged.champion())) {
                throw new IllegalStateException(version + " was judged against "
                        + judged.champion().orElse("no champion") + ", and the champion is "
                        + pointer.champion().orElse("none") + " by now; judge it again");
            }
            return pointer.promoted(loaded.version(), change);
        });
    }

    /** Goes back to the latest champion before that can be loaded. */
    public ModelPointer rollBack(Lane lane, ModelPointer.Change change) {
        return change(lane, pointer -> {
            ModelPointer next = pointer.rolledBack(change);
            while (!next.former().isEmpty() && !isWhole(next.champion().orElseThrow())) {
                next = next.withoutChampion();
            }
            load(next.champion().orElseThrow());
            return next;
        });
    }

    private boolean isWhole(String version) {
        try {
            return load(version).version().equals(version);
        } catch (BrokenArtifactException e) {
            return false;
        }
    }

    /** Lets a version forecast beside the champion, or none. */
    public ModelPointer shadow(Lane lane, Optional<String> version, ModelPointer.Change change) {
        version.ifPresent(this::load);
        return change(lane, pointer -> pointer.shadowing(version, change));
    }

    private interface Step {
        ModelPointer from(ModelPointer present);
    }

    private ModelPointer change(Lane lane, Step step) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ModelPointer next = step.from(pointers.read(lane));
            if (pointers.write(next)) {
                return next;
            }
        }
        throw new IllegalStateException("the pointer of lane " + lane.label() + " was changed by others " + ATTEMPTS
                + " times in a row; look who does (./voltage models list) and try again");
    }
}
