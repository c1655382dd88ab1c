package voltage.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelStore;
import voltage.forecast.artifact.ModelVersions;
import voltage.forecast.model.ModelSet;
import voltage.local.BuiltInVersions;
import voltage.order.Lane;
import voltage.store.cloud.CloudInstaller;
import voltage.store.cloud.CloudResources;
import voltage.store.model.DynamoModelPointers;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;
import voltage.worker.inference.Inference;
import voltage.worker.inference.ModelWatch;

/** The registry over the embedded cloud, with the models that come with the program. */
class ModelRegistryTest {
    private static final EmbeddedCloud CLOUD =
            EmbeddedCloud.start(EmbeddedCloud.Options.inMemory(CloudResources.of("models")));
    private static final ModelPointer.Change CHANGE = new ModelPointer.Change("test", "because", 1);
    private static int stages;

    private final ModelArtifact first = BuiltInVersions.sealedOn("2026-01-01");
    private final ModelArtifact second = BuiltInVersions.sealedOn("2026-02-02");
    private CloudResources resources = CloudResources.of("models");
    private ModelRegistry registry = ModelRegistry.of(CLOUD.clients(), resources);

    /** A program that comes with the given versions. */
    private record Program(List<ModelArtifact> artifacts) implements ModelVersions {
        @Override
        public List<String> versions() {
            return artifacts.stream().map(ModelArtifact::version).toList();
        }

        @Override
        public ModelArtifact read(String version) {
            return artifacts.stream()
                    .filter(artifact -> artifact.version().equals(version))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @BeforeEach
    void install() {
        CloudResources all = CloudResources.of("m" + stages++);
        resources = new CloudResources(all.stage(), all.tables(), List.of(), all.buckets());
        new CloudInstaller(CLOUD.clients()).install(resources);
        registry = ModelRegistry.of(CLOUD.clients(), resources);
    }

    @AfterAll
    static void stop() {
        CLOUD.close();
    }

    private ModelPointer promote(String version) {
        return registry.promote(registry.pointer(Lane.PAPER), version, CHANGE);
    }

    private Optional<String> champion() {
        return registry.pointer(Lane.PAPER).champion();
    }

    @Test
    void incident_24_a_deployment_of_another_program_leaves_the_promoted_champion() {
        Program deployed = new Program(List.of(first));
        registry.adopt(Lane.PAPER, deployed, CHANGE);
        assertThat(champion()).contains(first.version());
        registry.store().publish(second);
        promote(second.version());

        // Another process of the old program starts, as a deployment that goes back would.
        ModelPointer after = ModelRegistry.of(CLOUD.clients(), resources).adopt(Lane.PAPER, deployed, CHANGE);

        assertThat(after.champion()).contains(second.version());
        assertThat(champion()).contains(second.version());
    }

    @Test
    void incident_24_a_newer_program_does_not_promote_what_it_brings() {
        registry.adopt(Lane.PAPER, new Program(List.of(first)), CHANGE);

        registry.adopt(Lane.PAPER, new Program(List.of(first, second)), CHANGE);

        assertThat(champion()).contains(first.version());
    }

    @Test
    void a_roll_back_is_one_step_and_can_be_repeated_while_there_are_former_champions() {
        for (ModelArtifact artifact : List.of(first, second)) {
            registry.store().publish(artifact);
            promote(artifact.version());
        }

        assertThat(registry.rollBack(Lane.PAPER, CHANGE).champion()).contains(first.version());
        assertThatThrownBy(() -> registry.rollBack(Lane.PAPER, CHANGE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no champion before");
        assertThat(champion()).contains(first.version());
        assertThat(registry.history(Lane.PAPER, 10)).hasSize(3);
    }

    @Test
    void what_is_not_there_or_broken_is_never_pointed_at() {
        registry.store().publish(first);
        promote(first.version());
        registry.store().publish(second);
        damage(second.version());

        assertThatThrownBy(() -> promote(second.version())).isInstanceOf(BrokenArtifactException.class);
        assertThatThrownBy(() -> registry.shadow(Lane.PAPER, Optional.of("2026-03-03-00000000"), CHANGE))
                .isInstanceOf(BrokenArtifactException.class);
        assertThat(registry.pointer(Lane.PAPER).revision()).isEqualTo(1);
    }

    private void damage(String version) {
        CLOUD.clients()
                .s3()
                .putObject(
                        request -> request.bucket(resources
                                        .bucket(CloudResources.BucketRole.MODELS)
                                        .name())
                                .key("sets/" + version + "/models.json"),
                        RequestBody.fromString("{}"));
    }

    @Test
    void the_worker_uses_a_promotion_a_challenger_and_a_roll_back_with_the_next_look() {
        List<Inference.Choice> used = new ArrayList<>();
        ModelWatch watch = new ModelWatch(registry, Lane.PAPER, used::add);
        watch.look();
        assertThat(used.getLast().champion()).isEmpty();
        assertThat(used.getLast().problem()).contains("no models");

        registry.adopt(Lane.PAPER, new Program(List.of(first)), CHANGE);
        watch.look();
        assertThat(version(used.getLast().champion())).isEqualTo(first.version());

        registry.store().publish(second);
        registry.shadow(Lane.PAPER, Optional.of(second.version()), CHANGE);
        watch.look();
        assertThat(version(used.getLast().challenger())).isEqualTo(second.version());

        promote(second.version());
        watch.look();
        assertThat(version(used.getLast().champion())).isEqualTo(second.version());
        assertThat(used.getLast().challenger()).isEmpty();

        registry.rollBack(Lane.PAPER, CHANGE);
        watch.look();
        assertThat(version(used.getLast().champion())).isEqualTo(first.version());

        int looks = used.size();
        watch.look();
        assertThat(used).hasSize(looks);
    }

    private static String version(Optional<ModelSet> set) {
        return set.map(ModelSet::version).orElse("");
    }

    @Test
    void a_champion_that_cannot_be_loaded_is_none_and_a_challenger_that_cannot_is_left_out() {
        registry.store().publish(first);
        registry.store().publish(second);
        promote(first.version());
        registry.shadow(Lane.PAPER, Optional.of(second.version()), CHANGE);
        damage(second.version());
        List<Inference.Choice> used = new ArrayList<>();
        new ModelWatch(registry, Lane.PAPER, used::add).look();
        assertThat(version(used.getLast().champion())).isEqualTo(first.version());
        assertThat(used.getLast().challenger()).isEmpty();

        damage(first.version());
        new ModelWatch(registry, Lane.PAPER, used::add).look();
        assertThat(used.getLast().champion()).isEmpty();
        assertThat(used.getLast().problem()).contains(first.version(), "models.json");
    }

    @Test
    void a_promotion_that_was_judged_against_another_champion_is_refused() {
        registry.store().publish(first);
        registry.store().publish(second);
        ModelPointer judged = registry.pointer(Lane.PAPER);
        promote(first.version());

        assertThatThrownBy(() -> registry.promote(judged, second.version(), CHANGE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("judge it again");
        assertThat(champion()).contains(first.version());
    }

    @Test
    void a_roll_back_steps_past_a_champion_that_is_broken() {
        ModelArtifact third = BuiltInVersions.sealedOn("2026-03-03");
        for (ModelArtifact artifact : List.of(first, second, third)) {
            registry.store().publish(artifact);
            promote(artifact.version());
        }
        damage(second.version());

        assertThat(registry.rollBack(Lane.PAPER, CHANGE).champion()).contains(first.version());
    }

    @Test
    void a_store_that_cannot_be_reached_changes_nothing_and_is_looked_for_again() {
        registry.store().publish(first);
        registry.store().publish(second);
        promote(first.version());
        AtomicBoolean isReachable = new AtomicBoolean(true);
        ModelStore store = registry.store();
        ModelStore unsteady = new ModelStore() {
            @Override
            public List<String> versions() {
                return store.versions();
            }

            @Override
            public ModelArtifact read(String version) {
                if (!isReachable.get()) {
                    throw new IllegalStateException("S3 is away");
                }
                return store.read(version);
            }

            @Override
            public void publish(ModelArtifact artifact) {
                store.publish(artifact);
            }
        };
        List<Inference.Choice> used = new ArrayList<>();
        ModelWatch watch = new ModelWatch(
                new ModelRegistry(
                        unsteady, new DynamoModelPointers(CLOUD.clients().dynamoDb(), resources)),
                Lane.PAPER,
                used::add);
        watch.look();
        isReachable.set(false);
        promote(second.version());
        watch.look();
        assertThat(used).hasSize(1);

        isReachable.set(true);
        watch.look();
        assertThat(version(used.getLast().champion())).isEqualTo(second.version());
    }

    @Test
    void a_challenger_forecasts_in_a_lane_that_has_no_champion_yet() {
        registry.store().publish(first);
        registry.shadow(Lane.LIVE, Optional.of(first.version()), CHANGE);
        List<Inference.Choice> used = new ArrayList<>();
        new ModelWatch(registry, Lane.LIVE, used::add).look();

        assertThat(used.getLast().champion()).isEmpty();
        assertThat(version(used.getLast().challenger())).isEqualTo(first.version());
    }
}
