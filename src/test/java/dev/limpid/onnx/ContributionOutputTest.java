package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code contribution} of a model file: read, or refused. */
class ContributionOutputTest {
    private static final int LENGTH = 4;
    private static final Vocabulary ABC = FakeTokens.vocabulary("a", "b", "c");

    /** {@link TinyModel#tokens} that says {@code contribution = times · x / the sum of x}, of the window or of the whole batch. */
    private static TinyModel model(float times, boolean mixing, DataType type) {
        TinyModel model = TinyModel.tokens(LENGTH, ABC);
        if (mixing) {
            model.graph.node("keepdims", 1, "ReduceSum", "sum", "float");
        } else {
            model.graph.node("keepdims", 1, "ReduceSum", "sum", "float", "axis");
        }
        model.constant("by", times).node("Mul", "more", "float", "by").node("Div", "share", "more", "sum");
        model.graph.node("to", type.getNumber(), "Cast", "contribution", "share");
        model.graph.output("contribution", type, -1, LENGTH);
        return model;
    }

    private static TinyModel withReason(TinyModel model) {
        model.graph.whole("none", 0);
        model.node("Mul", "zeros", "x", "none");
        model.graph.node("keepdims", 0, "ReduceSum", "reason", "zeros", "axis");
        model.graph.output("reason", DataType.INT64, -1);
        return model;
    }

    private static ModelFile open(TinyModel model) throws ModelRefused {
        return ModelFile.open(model.bytes(), "tiny", Provider.CPU, new Expected("p", 1, LENGTH, 8, Kind.TOKENS));
    }

    @Test
    void contributions_come_out_where_their_windows_stand() throws Exception {
        // Given
        WindowBatch batch = new WindowBatch(8, 1, LENGTH);
        Reconstruction out = new Reconstruction(8, 1, LENGTH);
        for (int window = 0; window < 3; window++) {
            batch.x().put(batch.add() * LENGTH + window, 5);
        }

        // When
        try (Denoiser denoiser =
                open(withReason(model(1, false, DataType.FLOAT))).denoiser()) {
            assertThat(denoiser.spec().outputs().contribution()).isTrue();
            denoiser.denoise(batch, 1, 3, out);
        }

        // Then
        float[] contributions = new float[3 * LENGTH];
        out.contribution().get(0, contributions);
        assertThat(contributions).containsExactly(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {3, -1, Float.POSITIVE_INFINITY})
    void contributions_that_cannot_be_are_refused(float times) {
        assertThatThrownBy(() -> open(withReason(model(times, false, DataType.FLOAT))))
                .isInstanceOf(ModelRefused.class)
                .hasMessageMatching(
                        ".*golden window 0 gives [-.0-9a-zA-Z]+ in output 'contribution', wanted 0 to 1; train.*");
    }

    @Test
    void contributions_in_another_type_or_without_a_reason_are_refused() {
        assertThatThrownBy(() -> open(withReason(model(1, false, DataType.INT64))))
                .hasMessageContaining("output 'contribution' is int64, needs float32; export it as float32");
        assertThatThrownBy(() -> open(model(1, false, DataType.FLOAT))).hasMessageContaining("export 'reason' with it");
    }

    @Test
    void contributions_that_depend_on_the_batch_are_refused() {
        assertThatThrownBy(() -> open(withReason(model(1, true, DataType.FLOAT))))
                .hasMessageContaining("depends on the batch");
    }
}
