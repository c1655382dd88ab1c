package voltage.store.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import voltage.order.Lane;

/** What every keeper of pointers keeps to. */
public abstract class ModelPointersContract {
    protected abstract ModelPointers emptyPointers();

    private static ModelPointer.Change change(String why) {
        return new ModelPointer.Change("test", why, 1);
    }

    @Test
    void a_lane_begins_without_models() {
        assertThat(emptyPointers().read(Lane.PAPER)).isEqualTo(ModelPointer.initial(Lane.PAPER));
        assertThat(emptyPointers().history(Lane.PAPER, 10)).isEmpty();
    }

    @Test
    void lanes_have_pointers_of_their_own() {
        ModelPointers pointers = emptyPointers();
        assertThat(pointers.write(pointers.read(Lane.PAPER).promoted("2026-11-21-aaaaaaaa", change("first"))))
                .isTrue();

        assertThat(pointers.read(Lane.PAPER).champion()).contains("2026-11-21-aaaaaaaa");
        assertThat(pointers.read(Lane.LIVE).champion()).isEmpty();
    }

    @Test
    void everything_that_was_written_is_read_back_and_stays_in_the_history() {
        ModelPointers pointers = emptyPointers();
        ModelPointer first = pointers.read(Lane.PAPER).promoted("2026-11-21-aaaaaaaa", change("first"));
        ModelPointer second = first.shadowing(Optional.of("2026-11-22-bbbbbbbb"), change("to be measured"));
        ModelPointer third = second.promoted("2026-11-22-bbbbbbbb", change("better"));
        ModelPointer fourth = third.rolledBack(change("worse after all"));
        for (ModelPointer pointer : List.of(first, second, third, fourth)) {
            assertThat(pointers.write(pointer)).isTrue();
            assertThat(pointers.read(Lane.PAPER)).isEqualTo(pointer);
        }

        assertThat(third.challenger()).isEmpty();
        assertThat(third.former()).containsExactly("2026-11-21-aaaaaaaa");
        assertThat(fourth.champion()).contains("2026-11-21-aaaaaaaa");
        assertThat(pointers.history(Lane.PAPER, 10)).containsExactly(fourth, third, second, first);
        assertThat(pointers.history(Lane.PAPER, 2)).containsExactly(fourth, third);
    }

    @Test
    void a_change_of_what_has_changed_since_is_refused() {
        ModelPointers pointers = emptyPointers();
        ModelPointer initial = pointers.read(Lane.PAPER);
        assertThat(pointers.write(initial.promoted("2026-11-21-aaaaaaaa", change("mine"))))
                .isTrue();

        assertThat(pointers.write(initial.promoted("2026-11-22-bbbbbbbb", change("late"))))
                .isFalse();
        assertThat(pointers.read(Lane.PAPER).champion()).contains("2026-11-21-aaaaaaaa");
        assertThat(pointers.history(Lane.PAPER, 10)).hasSize(1);
    }

    @Test
    void of_many_at_once_one_succeeds() throws Exception {
        ModelPointers pointers = emptyPointers();
        ModelPointer initial = pointers.read(Lane.PAPER);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> writes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String version = "2026-11-21-0000000" + i;
                writes.add(() -> pointers.write(initial.promoted(version, change(version))));
            }
            int succeeded = 0;
            for (Future<Boolean> write : threads.invokeAll(writes)) {
                succeeded += write.get() ? 1 : 0;
            }
            assertThat(succeeded).isEqualTo(1);
        }
        assertThat(pointers.read(Lane.PAPER).revision()).isEqualTo(1);
    }
}
