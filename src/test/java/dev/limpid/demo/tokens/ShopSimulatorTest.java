package dev.limpid.demo.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.tokens.ShopSimulator.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopSimulatorTest {
    private static final ShopSimulator SHOP = new ShopSimulator(1);

    @Test
    void a_visit_is_the_same_wherever_it_is_asked_for() {
        // When
        List<Visit> visits = LongStream.range(0, 100).mapToObj(SHOP::visit).toList();

        // Then
        assertThat(LongStream.range(0, 100).mapToObj(new ShopSimulator(1)::visit))
                .isEqualTo(visits);
        assertThat(LongStream.range(0, 100).mapToObj(new ShopSimulator(2)::visit))
                .isNotEqualTo(visits);
    }

    @Test
    void a_visit_begins_at_home_and_ends_once_and_a_fault_leaves_its_end() {
        // Given
        Set<ShopFault> faults = EnumSet.noneOf(ShopFault.class);

        for (long n = 0; n < 2_000; n++) {
            // When
            Visit visit = SHOP.visit(n);
            visit.fault().ifPresent(faults::add);

            // Then
            assertThat(visit.truth())
                    .startsWith("home")
                    .endsWith(ShopSimulator.END)
                    .containsOnlyOnce(ShopSimulator.END);
            assertThat(visit.truth()).hasSizeLessThanOrEqualTo(48).contains("product", "photos");
            assertThat(visit.sent()).endsWith(ShopSimulator.END).containsOnlyOnce(ShopSimulator.END);
            assertThat(visit.sent().equals(visit.truth()))
                    .isEqualTo(visit.fault().isEmpty());
        }
        assertThat(faults).containsExactlyInAnyOrder(ShopFault.values());
    }

    @Test
    void what_a_model_is_trained_on_is_whole_and_names_every_click_of_the_shop(@TempDir Path folder)
            throws IOException {
        // Given
        Set<String> clicks = new HashSet<>();
        LongStream.range(0, 500).forEach(n -> clicks.addAll(SHOP.truth(n)));

        // When
        ShopTrainingFile.write(folder);

        // Then
        List<String> lines = Files.readAllLines(folder.resolve("visits.txt"));
        assertThat(lines).hasSize(4_000);
        assertThat(lines.stream().flatMap(line -> Arrays.stream(line.split(" ", -1))))
                .containsAll(clicks)
                .doesNotContain(ShopSimulator.LOST, ShopSimulator.FOREIGN);
    }
}
