package voltage.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import voltage.strategy.EntryScreen;
import voltage.strategy.Excursions;

/** The rules of ARCHITECTURE.md that a compiler does not know. */
@Timeout(300)
class ModuleBoundaryTest {
    /** Modules from the lowest to the highest, each with its packages; those of one line must not know each other. */
    private static final String[][] TRADING = {
        {"voltage.market..", "voltage.order..", "voltage.risk..", "voltage.strategy..", "voltage.engine.."}
    };

    private static final String[][][] MODULES = {
        TRADING,
        {{"voltage.forecast.."}},
        {{"voltage.training.."}},
        {{"voltage.research.."}},
        {{"voltage.kalshi.."}},
        {{"voltage.spot.."}},
        {{"voltage.store.."}},
        {{"voltage.worker.."}, {"voltage.lambda.."}},
        {{"voltage.local.."}}
    };

    private static final String[] CORE = {
        "voltage.market..",
        "voltage.order..",
        "voltage.risk..",
        "voltage.strategy..",
        "voltage.engine..",
        "voltage.forecast..",
        "voltage.training..",
        "voltage.research..",
        "voltage.kalshi..",
        "voltage.spot..",
        "voltage.store.."
    };

    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("voltage");
    }

    /** One module's packages, and all packages that it must not use. */
    record Boundary(String[] module, String[] forbidden) {
        @Override
        public String toString() {
            return module[0];
        }
    }

    static Stream<Boundary> boundaries() {
        Stream.Builder<Boundary> boundaries = Stream.builder();
        for (int level = 0; level < MODULES.length; level++) {
            for (String[] module : MODULES[level]) {
                Stream<String> beside = Arrays.stream(MODULES[level])
                        .filter(other -> other != module)
                        .flatMap(Arrays::stream);
                Stream<String> above = Arrays.stream(MODULES, level + 1, MODULES.length)
                        .flatMap(Arrays::stream)
                        .flatMap(Arrays::stream);
                boundaries.add(new Boundary(module, Stream.concat(beside, above).toArray(String[]::new)));
            }
        }
        return boundaries.build();
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void a_module_uses_only_those_above_it_in_the_list(Boundary boundary) {
        noClasses()
                .that()
                .resideInAnyPackage(boundary.module())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(boundary.forbidden())
                .allowEmptyShould(boundary.forbidden().length == 0)
                .check(code);
    }

    @Test
    void every_class_belongs_to_a_module() {
        String[] all = Arrays.stream(MODULES)
                .flatMap(Arrays::stream)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(all).check(code);
    }

    @Test
    void packages_form_no_cycles() {
        slices().matching("voltage.(**)").should().beFreeOfCycles().check(code);
    }

    @Test
    void the_trading_models_need_nothing_but_the_jdk() {
        classes()
                .that()
                .resideInAnyPackage(TRADING[0])
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(TRADING[0])
                        .or(resideInAnyPackage("java..", "org.jspecify.annotations.."))
                        .or(not(resideOutsideOfPackages(""))))
                .check(code);
    }

    @Test
    void the_models_read_no_clock_and_draw_no_random_numbers() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(ThreadLocalRandom.class, "current")
                .orShould()
                .callConstructor(Random.class)
                .check(code);
    }

    /** Incident 18: what is known only at the exit was a feature, and validation looked excellent. */
    @Test
    void nothing_that_trains_or_serves_models_knows_of_excursions() {
        noClasses()
                .that()
                .resideInAnyPackage("voltage.forecast..", "voltage.training..", "voltage.risk..")
                .or()
                .haveSimpleName("EntryFeatures")
                .or()
                .implement(EntryScreen.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Excursions.class)
                .check(code);
    }

    @Test
    void the_cloud_is_known_to_its_adapters_only() {
        noClasses()
                .that()
                .resideOutsideOfPackages("voltage.store..", "voltage.local..", "voltage.lambda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "com.amazonaws..")
                .check(code);
    }

    @Test
    void each_native_library_of_the_nets_is_known_to_one_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage("voltage.training.patchtst")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnx.proto..")
                .check(code);
        noClasses()
                .that()
                .resideOutsideOfPackage("voltage.forecast.patchtst")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..")
                .check(code);
    }

    @Test
    void no_class_is_named_for_doing_things_in_general() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)")
                .check(code);
    }
}
