package voltage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/incidents.md} names tests that exist. They lie in all modules, so their sources are read, not their classes. */
@Timeout(60)
class IncidentIndexTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+)#([a-z_0-9]+)`");

    private record Row(int number, String tests, String owed) {}

    private static Path root() {
        return Path.of(Objects.requireNonNull(
                System.getProperty("voltage.root"), "voltage.root is needed: the folder of the project"));
    }

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(root().resolve("docs/incidents.md"))) {
            return lines.filter(line -> line.matches("\\| \\d+ \\|.*"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> new Row(Integer.parseInt(cells[1].strip()), cells[3].strip(), cells[4].strip()))
                    .toList();
        }
    }

    /** Every test source of that class; one, unless two modules use a name twice. */
    private static List<String> sources(String className) throws IOException {
        try (Stream<Path> modules = Stream.concat(Files.list(root().resolve("models")), Files.list(root()))) {
            List<Path> tests = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            List<Path> found = tests.stream()
                    .flatMap(IncidentIndexTest::walk)
                    .filter(file -> file.getFileName().toString().equals(className + ".java"))
                    .toList();
            return found.stream().map(IncidentIndexTest::read).toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Whether the source has a method of that name right under a test's annotation, and nothing of the class is switched off. */
    private static boolean hasTest(String source, String method) {
        Pattern declared =
                Pattern.compile("@(Test|ParameterizedTest)\\b(?:(?!\\bvoid\\b)[\\s\\S])*\\bvoid " + method + "\\(");
        return declared.matcher(source).find() && !source.contains("@Disabled");
    }

    @Test
    void every_incident_is_listed_once_and_is_guarded_or_owned_by_an_issue() throws IOException {
        List<Row> rows = rows();
        assertThat(rows)
                .extracting(Row::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                NAMED.matcher(row.tests()).find() || row.owed().contains("issue"))
                        .as("incident %d has a test or an issue that owes it one", row.number())
                        .isTrue());
    }

    @Test
    void every_test_that_is_named_exists_and_runs() throws IOException {
        for (Row row : rows()) {
            Matcher named = NAMED.matcher(row.tests());
            while (named.find()) {
                String method = named.group(2);
                assertThat(sources(named.group(1)))
                        .as("incident %d: %s", row.number(), named.group())
                        .anyMatch(source -> hasTest(source, method));
            }
        }
    }

    @Test
    void a_method_that_is_no_test_or_is_switched_off_guards_nothing() {
        assertThat(hasTest("@Test\n    void a_b() {", "a_b")).isTrue();
        assertThat(hasTest("@Test\n    void other() {}\n    void a_b() {", "a_b"))
                .isFalse();
        assertThat(hasTest("@Disabled @Test\n    void a_b() {", "a_b")).isFalse();
        assertThat(hasTest("@ParameterizedTest\n    @ValueSource(ints = 1)\n    void a_b(int x) {", "a_b"))
                .isTrue();
    }
}
