package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.signal.Floats;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelMetadataTest {
    private static final ModelMetadata ECG = new ModelMetadata(
            ModelMetadata.FORMAT,
            "ecg",
            "7",
            "signal",
            2,
            List.of(new ChannelSpec("lead", "mV", 0.1f)),
            Floats.of(0.1f, 0.2f, 0.5f, 1f, 1.1f, 1.5f, 3f),
            new ModelMetadata.Training(
                    new TreeMap<>(Map.of("b.csv", "ff", "a.csv", "00")),
                    42,
                    List.of("gaussian 0..6 dB"),
                    30,
                    "0.1.0",
                    1),
            List.of(new ModelMetadata.InputStatistics(0f, 1f, -3f, 4f)),
            List.of(new ModelMetadata.GoldenWindow(Floats.of(1f, 0.1f), Floats.of(), Floats.of(0.5f, 0.05f), 1e-5f)),
            new TreeMap<>(Map.of("snrGainDb", 13.5)));

    @Test
    void what_is_written_reads_back_the_same() throws Exception {
        // When
        ModelMetadata read = ModelMetadata.read(ECG.toJson(), "ecg.onnx");

        // Then
        assertThat(read).isEqualTo(ECG);
        assertThat(read.toJson()).isEqualTo(ECG.toJson());
    }

    @Test
    void the_layout_is_the_one_that_was_agreed() {
        assertThat(ECG.toJson())
                .isEqualTo("{\"format\":1,\"name\":\"ecg\",\"version\":\"7\",\"kind\":\"signal\",\"windowLength\":2,"
                        + "\"channels\":[{\"name\":\"lead\",\"unit\":\"mV\",\"residualScale\":0.1}],"
                        + "\"scoreQuantiles\":[0.1,0.2,0.5,1.0,1.1,1.5,3.0],"
                        + "\"training\":{\"data\":{\"a.csv\":\"00\",\"b.csv\":\"ff\"},\"seed\":42,"
                        + "\"corruption\":[\"gaussian 0..6 dB\"],\"epochs\":30,\"code\":\"0.1.0\",\"threads\":1},"
                        + "\"inputs\":[{\"mean\":0.0,\"standardDeviation\":1.0,\"min\":-3.0,\"max\":4.0}],"
                        + "\"golden\":[{\"input\":[1.0,0.1],\"observed\":[],\"expected\":[0.5,0.05],\"tolerance\":1.0E-5}],"
                        + "\"metrics\":{\"snrGainDb\":13.5}}");
    }

    @Test
    void a_newer_format_is_refused() {
        assertThatThrownBy(() -> ModelMetadata.read(ECG.toJson().replace("\"format\":1", "\"format\":2"), "ecg.onnx"))
                .isInstanceOf(ModelRefused.class)
                .hasMessage("model ecg.onnx refused: its metadata has format 2, this Limpid reads 1 to 1;"
                        + " use a newer Limpid or export the model again");
    }

    @Test
    void a_member_of_a_later_release_is_ignored_and_a_missing_one_is_refused() throws Exception {
        String later = ECG.toJson().replace("\"name\":\"ecg\",", "\"name\":\"ecg\",\"colour\":\"blue\",");
        assertThat(ModelMetadata.read(later, "ecg.onnx")).isEqualTo(ECG);
        assertThatThrownBy(() -> ModelMetadata.read(ECG.toJson().replace("\"name\":\"ecg\",", ""), "ecg.onnx"))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("'name'");
        assertThatThrownBy(() -> ModelMetadata.read("not json", "ecg.onnx")).isInstanceOf(ModelRefused.class);
        assertThatThrownBy(() -> ModelMetadata.read("", "ecg.onnx")).isInstanceOf(ModelRefused.class);
    }

    @Test
    void all_contradictions_are_listed_at_once() {
        String wrong = ECG.toJson()
                .replace("\"residualScale\":0.1", "\"residualScale\":0")
                .replace("\"windowLength\":2", "\"windowLength\":3")
                .replace("[0.1,0.2", "[0.3,0.2");
        assertThatThrownBy(() -> ModelMetadata.read(wrong, "ecg.onnx"))
                .isInstanceOf(ModelRefused.class)
                .hasMessageStartingWith("model ecg:7 refused: ")
                .hasMessageContaining("channel 'lead' has residualScale 0.0, needs a positive number")
                .hasMessageContaining("golden window 0 has 2 input, 0 observed, 2 expected values, needs 3")
                .hasMessageContaining("must rise");
    }

    @Test
    void a_range_that_nothing_leaves_is_refused() {
        for (float bound : new float[] {Float.POSITIVE_INFINITY, Float.NaN, 0}) {
            assertThat(new MetadataCheck(ECG.with(FakeDenoiser.errorRange(1, 1, bound))).problems())
                    .containsExactly("metadata: range has 1 channels and bound " + bound
                            + ", needs 1 and a positive one that is finite");
        }
        assertThat(new MetadataCheck(ECG.with(FakeDenoiser.errorRange(1, 1, 9))).problems())
                .isEmpty();
    }

    @Test
    void the_spec_carries_the_digest_and_what_the_graph_says() {
        // When
        ModelSpec spec = ECG.spec("0123456789abcdef", true, false, Outputs.NONE);

        // Then
        assertThat(spec.id()).hasToString("ecg:7@0123456789ab");
        assertThat(spec.observed()).isTrue();
        assertThat(spec.error()).isFalse();
        assertThat(spec.length()).isEqualTo(2);
        assertThat(spec.scoreQuantiles()).isEqualTo(ECG.scoreQuantiles());
    }
}
