package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mutants of good models: whatever the bytes, the walk ends with an outline or a refusal, and whatever passes the walk does no
 * harm from the child on. A mutant is found again by its model and seed.
 */
class MutantTest {
    @TempDir
    private Path folder;

    /** A small file, so that most of its bytes are structure: x, observed, clean and error. */
    private static byte[] small() {
        return TinyModel.masking(Bad.CHANNELS, Bad.LENGTH).bytes();
    }

    private static boolean passes(byte[] mutant, long seed) throws IOException {
        try {
            ModelOutline outline = new ModelWalk(Mutant.reading(mutant), mutant.length).walk("seed " + seed);
            return outline.properties().containsKey(ModelMetadata.KEY);
        } catch (ModelRefused e) {
            assertThat(e.check()).isEqualTo(AdmissionCheck.GRAPH);
            assertThat(e.problems()).isNotEmpty();
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void twenty_thousand_mutants_pass_the_walk_or_are_refused() throws Exception {
        byte[] good = small();
        int passed = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            passed += passes(Mutant.of(good, seed), seed) ? 1 : 0;
        }
        // most changes are in the metadata, which the walk only carries
        assertThat(passed).isBetween(500, 19_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/bench.onnx", "models/demo.onnx"})
    void mutants_of_shipped_models_pass_the_walk_or_are_refused(String model) throws Exception {
        byte[] good = Files.readAllBytes(Path.of(model));
        int passed = 0;
        for (long seed = 0; seed < 500; seed++) {
            passed += passes(Mutant.of(good, seed), seed) ? 1 : 0;
        }
        assertThat(passed).isBetween(1, 499);
    }

    @Test
    void some_that_pass_the_walk_go_through_the_child() throws Exception {
        assertThat(throughTheChild(small(), 4)).isNotEmpty();
    }

    @Test
    @Tag("soak")
    void two_hundred_that_pass_the_walk_go_through_the_child() throws Exception {
        Map<String, Integer> outcomes = throughTheChild(small(), 200);
        // a flipped bit in a weight, a name or a date is harmless; one in a window is not
        assertThat(outcomes).containsKey("admitted").hasSizeGreaterThan(2);
    }

    /** What became of as many mutants that pass the walk and can be read that far. */
    private Map<String, Integer> throughTheChild(byte[] good, int count) throws IOException {
        Admission admission = new Admission(AdmissionLimits.standard());
        Map<String, Integer> outcomes = new TreeMap<>();
        List<Long> seeds = new ArrayList<>();
        for (long seed = 0; seeds.size() < count; seed++) {
            byte[] mutant = Mutant.of(good, seed);
            if (!passes(mutant, seed)) {
                continue;
            }
            Path file = Files.write(folder.resolve("m.onnx"), mutant);
            try {
                admission.admit(file, Provider.CPU, Bad.EXPECTED).denoiser().close();
                outcomes.merge("admitted", 1, Integer::sum);
                seeds.add(seed);
            } catch (ModelRefused e) {
                outcomes.merge(e.check().label(), 1, Integer::sum);
                if (e.check().compareTo(AdmissionCheck.CHILD) >= 0) {
                    seeds.add(seed);
                }
            }
            assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
        return outcomes;
    }
}
