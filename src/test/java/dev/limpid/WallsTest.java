package dev.limpid;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls between the packages, as docs/architecture.md tells them. */
class WallsTest {
    private static final String CORE = "signal model score pipeline";
    private static final int MOST_LINES = 300;

    private static JavaClasses limpid;

    @BeforeAll
    static void read() {
        limpid = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.limpid");
        assertThat(limpid).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} uses only {1}")
    @CsvSource({
        "signal,",
        "model, signal",
        "score, signal model",
        "pipeline, signal model score",
        "definition, CORE",
        "codec, CORE definition",
        "onnx, signal model",
        "kafka, CORE codec definition onnx",
        "train, signal model score pipeline onnx eval",
        "eval, signal score",
        "service, CORE codec definition onnx kafka train eval",
        "telemetry, CORE",
        "web, CORE telemetry",
        "demo, CORE codec definition onnx kafka",
    })
    void a_package_uses_only_those_below_it(String name, String below) {
        // Given
        List<String> allowed = new ArrayList<>(List.of(inside(name)));
        if (below != null) {
            for (String other : below.replace("CORE", CORE).split(" ")) {
                allowed.add(inside(other));
            }
        }
        DescribedPredicate<JavaClass> another =
                resideInAPackage("dev.limpid..").and(not(resideInAnyPackage(allowed.toArray(String[]::new))));

        // Then
        noClasses()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .dependOnClassesThat(another)
                .allowEmptyShould(true)
                .check(limpid);
    }

    @Test
    void the_core_is_arithmetic_with_no_clock_no_log_and_no_files() {
        String[] core = Arrays.stream(CORE.split(" ")).map(WallsTest::inside).toArray(String[]::new);
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(core)
                .or(resideInAnyPackage(
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.util",
                        "java.util.function",
                        "java.util.concurrent.atomic",
                        "java.nio",
                        "java.nio.charset",
                        "org.jspecify.annotations"))
                .or(JavaClass.Predicates.equivalentTo(java.io.Serial.class));
        classes()
                .that()
                .resideInAnyPackage(core)
                .should()
                .onlyDependOnClassesThat(allowed)
                .check(limpid);
        noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .accessTargetWhere(JavaAccess.Predicates.targetOwner(JavaClass.Predicates.equivalentTo(System.class))
                        .and(new DescribedPredicate<>("a clock, a stream or the environment") {
                            @Override
                            public boolean test(JavaAccess<?> access) {
                                return !List.of("arraycopy", "identityHashCode").contains(access.getName());
                            }
                        }))
                .orShould()
                .dependOnClassesThat(JavaClass.Predicates.equivalentTo(Thread.class))
                .check(limpid);
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "org.apache.kafka.., kafka demo cli",
        "kafka.., demo",
        "ai.onnxruntime.., onnx",
        "org.bytedeco.., train",
        "ai.onnx.proto.., train",
        "org.tribuo.., train",
        "com.google.protobuf.., train",
        "io.micrometer.., telemetry cli",
        "io.prometheus.., telemetry cli",
        "io.javalin.., web",
        "picocli.., cli",
        "com.fasterxml.jackson.., codec definition onnx kafka train eval web demo cli",
    })
    void a_third_party_lives_in_its_package(String library, String packages) {
        String[] homes =
                Arrays.stream(packages.split(" ")).map(WallsTest::inside).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .check(limpid);
    }

    @Test
    void only_the_command_line_writes_to_the_terminal() {
        DescribedPredicate<JavaAccess<?>> terminal = new DescribedPredicate<>("the terminal") {
            @Override
            public boolean test(JavaAccess<?> access) {
                // child processes report to their parent by standard output, from the class of their main
                JavaClass origin = access.getOriginOwner();
                boolean child = (origin.getPackageName().startsWith("dev.limpid.demo")
                                || origin.getPackageName().startsWith("dev.limpid.onnx"))
                        && origin.tryGetMethod("main", String[].class).isPresent();
                return access.getTargetOwner().isEquivalentTo(System.class)
                        && List.of("out", "err").contains(access.getName())
                        && !child;
            }
        };
        noClasses()
                .that()
                .resideOutsideOfPackages(inside("cli"))
                .should()
                .accessTargetWhere(terminal)
                .check(limpid);
    }

    @Test
    void nobody_uses_the_command_line() {
        noClasses()
                .that()
                .resideOutsideOfPackages(inside("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("cli"))
                .check(limpid);
    }

    @Test
    void no_type_is_longer_than_a_reader_can_hold() {
        List<String> tooLong = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    int lines = Files.readAllLines(file).size();
                    if (lines > MOST_LINES) {
                        tooLong.add(file + ": " + lines + " lines");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(tooLong).as("types over " + MOST_LINES + " lines").isEmpty();
    }

    private static String inside(String name) {
        return "dev.limpid." + name + "..";
    }
}
