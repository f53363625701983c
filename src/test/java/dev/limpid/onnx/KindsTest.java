package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KindsTest {
    private static final Vocabulary ABC = vocabulary("a", "b", "c");
    private static final Expected FRAMES = new Expected("p", 2, 24, 8, new Kind.Frame(3, 4, 2));
    private static final Expected TOKENS = new Expected("p", 1, 4, 8, Kind.TOKENS);

    private static Vocabulary vocabulary(String... tokens) {
        return new Vocabulary(List.of(tokens).stream()
                .map(token -> new Vocabulary.Entry(token, 5))
                .toList());
    }

    private static ModelFile open(TinyModel model, Expected expected) throws ModelRefused {
        return ModelFile.open(model.bytes(), "tiny", Provider.CPU, expected);
    }

    @Test
    void frames_go_through_a_tensor_of_rank_four() throws Exception {
        // Given
        WindowBatch batch = new WindowBatch(8, 2, 24);
        Reconstruction out = new Reconstruction(8, 2, 24);
        for (int i = batch.add() * 48; i < 48; i++) {
            batch.x().put(i, i);
        }
        ModelFile file = open(TinyModel.frames(0.5f, 2, 3, 4, 2), FRAMES);

        // When
        try (Denoiser denoiser = file.denoiser()) {
            denoiser.denoise(batch, 0, 1, out);
        }

        // Then
        assertThat(file.metadata().cleans()).isEqualTo(new Kind.Frame(3, 4, 2));
        assertThat(out.clean().get(47)).isEqualTo(23.5f);
    }

    @Test
    void tokens_go_through_integers_and_back_with_all_that_their_model_gives() throws Exception {
        // Given
        WindowBatch batch = new WindowBatch(8, 1, 4);
        Reconstruction out = new Reconstruction(8, 1, 4);
        batch.add();
        for (int i = batch.add() * 4; i < 8; i++) {
            batch.x().put(i, i - 2);
        }
        ModelFile file = open(TinyModel.tokens(4, ABC), TOKENS);

        // When
        try (Denoiser denoiser = file.denoiser()) {
            denoiser.denoise(batch, 1, 2, out);
            assertThat(denoiser.spec().outputs()).isEqualTo(new Outputs(true, false, false, true, false, false, 0));
            assertThat(denoiser.spec().vocabulary()).isEqualTo(ABC);
        }

        // Then
        assertThat(out.clean().get(7)).isEqualTo(5f);
        assertThat(out.error().get(7)).isEqualTo(2.5f);
        assertThat(out.confidence().get(7)).isEqualTo(1f);
        assertThat(out.score().get(1)).isEqualTo(7f);
    }

    @Test
    void a_vocabulary_may_go_on_beyond_the_one_in_use() throws Exception {
        // When
        ModelFile file = open(TinyModel.tokens(4, vocabulary("a", "b", "c", "d")), TOKENS.with(ABC));

        // Then
        file.denoiser().close();
        assertThat(file.metadata().vocabulary().id("d")).isEqualTo(6);
        assertThat(file.metadata().vocabulary().id("e")).isEqualTo(Kind.Tokens.UNKNOWN);
        assertThat(file.metadata().vocabulary().token(3)).isEqualTo("a");
    }

    @Test
    void a_vocabulary_that_begins_otherwise_is_refused() {
        assertThatThrownBy(() -> open(TinyModel.tokens(4, vocabulary("b", "a", "c")), TOKENS.with(ABC)))
                .hasMessageContaining("does not begin with the 3 tokens that pipeline 'p' runs with; retrain it");
        assertThatThrownBy(() -> open(TinyModel.tokens(4, vocabulary("a", "b")), TOKENS.with(ABC)))
                .hasMessageContaining("its vocabulary of 2 tokens does not begin");
    }

    @Test
    void a_model_of_another_kind_is_refused() {
        assertThatThrownBy(() -> open(TinyModel.halving(1, 4), TOKENS))
                .hasMessageContaining("input 'x' is [-1,1,4], pipeline 'p' needs [-1,4]; use a model of kind tokens");
        assertThatThrownBy(() -> open(TinyModel.tokens(4, ABC), new Expected("p", 1, 4, 8)))
                .hasMessageContaining("use a model of kind signal, this one is of kind tokens");
        assertThatThrownBy(() -> open(TinyModel.halving(2, 24), FRAMES))
                .hasMessageContaining("needs [-1,4,3,4]; use a model of kind frame");
    }

    @Test
    void frames_of_another_shape_are_refused_though_they_have_as_many_pixels() {
        assertThatThrownBy(() -> open(TinyModel.frames(0.5f, 2, 4, 3, 2), FRAMES))
                .hasMessageContaining("input 'x' is [-1,4,4,3], pipeline 'p' needs [-1,4,3,4]; retrain with the"
                        + " input.height, input.width and window.frames of the pipeline");
    }

    @Test
    void a_model_without_the_latent_vector_that_a_topic_is_to_have_is_refused() {
        assertThatThrownBy(() -> open(TinyModel.frames(0.5f, 2, 3, 4, 2), FRAMES.withEmbedding(true)))
                .hasMessageContaining(
                        "it gives no latent vector, which output.embeddings of pipeline 'p' sends; the graph"
                                + " has 'clean'; train it with train.embedding: true, or remove output.embeddings");
    }

    @Test
    void metadata_that_contradict_their_kind_are_refused() {
        ModelMetadata frames = TinyModel.frames(0.5f, 2, 3, 4, 2).metadata();

        assertThat(new MetadataCheck(frames.with(new FrameShape(3, 3, 2))).problems())
                .containsExactly("metadata: windowLength is 24, needs height x width x frames = 3 x 3 x 2");
        assertThat(new MetadataCheck(frames.with(Vocabulary.EMPTY)).problems()).hasSize(2);
    }

    @Test
    void a_kind_comes_back_from_its_word() {
        for (Kind kind : List.of(Kind.SIGNAL, Kind.TOKENS, new Kind.Frame(3, 4, 2))) {
            assertThat(KindText.read(KindText.of(kind))).isEqualTo(kind);
        }
    }

    @Test
    void a_process_of_its_own_admits_each_kind(@TempDir Path folder) throws Exception {
        // Given
        Admission admission = new Admission(AdmissionLimits.standard());
        Path frames = folder.resolve("frames.onnx");
        Path tokens = folder.resolve("tokens.onnx");
        Files.write(frames, TinyModel.frames(0.5f, 2, 3, 4, 2).bytes());
        Files.write(tokens, TinyModel.tokens(4, ABC).bytes());

        // When
        admission.admit(frames, Provider.CPU, FRAMES).denoiser().close();
        admission.admit(tokens, Provider.CPU, TOKENS.with(ABC)).denoiser().close();
    }
}
