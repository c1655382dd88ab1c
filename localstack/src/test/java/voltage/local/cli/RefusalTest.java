package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final Path FOLDER = Path.of("runs", "x");
    private static final String ADVICE = "the disk is full, in runs/x: what was acknowledged is safe; make room there"
            + " and run the same command again, or give another folder with --out";

    @Test
    void a_full_disk_is_named_wherever_it_struck_first() {
        IOException full = new IOException("No space left on device");
        IllegalStateException hidden = new IllegalStateException("closing");
        hidden.addSuppressed(new UncheckedIOException("decisions cannot be written", full));

        assertThat(Refusal.of(full, FOLDER)).isInstanceOf(Refusal.class).hasMessage(ADVICE);
        assertThat(Refusal.of(new RuntimeException("sqlite", full), FOLDER)).hasMessage(ADVICE);
        assertThat(Refusal.of(hidden, FOLDER)).hasMessage(ADVICE);
    }

    @Test
    void other_trouble_with_files_is_told_in_its_own_words() {
        assertThat(Refusal.of(new IOException("x: permission denied"), FOLDER))
                .isInstanceOf(Refusal.class)
                .hasMessage("x: permission denied");
    }

    @Test
    void what_is_not_foreseen_is_not_hidden() {
        RuntimeException bug = new IllegalArgumentException("a bug");
        assertThat(Refusal.of(bug, FOLDER)).isSameAs(bug);
    }
}
