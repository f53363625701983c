package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static ModelFile open(TinyModel model) throws ModelRefused {
        return ModelFile.open(model.bytes(), "tiny", Provider.CPU, new Expected("p", 1, 8, 16));
    }

    @Test
    void a_model_equals_itself_and_differs_from_another() throws Exception {
        ModelFile model = open(TinyModel.halving(1, 8));
        try (Denoiser halving = model.denoiser();
                Denoiser identity = open(TinyModel.identity(1, 8)).denoiser()) {
            // When
            Comparison same = Comparison.of(halving, halving, model.metadata(), 1_000_000);
            Comparison other = Comparison.of(halving, identity, model.metadata(), 1_000_000);

            // Then
            assertThat(same.worst()).isZero();
            assertThat(same.passed()).isTrue();
            assertThat(same.speeds()).extracting(Comparison.Speed::batch).containsExactly(64, 256, 1024);
            assertThat(same.speeds()).allMatch(speed -> speed.first() > 1000 && speed.second() > 1000);
            assertThat(other.passed()).isFalse();
            assertThat(other.worst()).isGreaterThan(0.5f);
        }
    }
}
