package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
    @Test
    void around_its_mean_each_channel_has_none_and_its_own_values_stay() {
        float[] level = {20, 22, 21};
        Recording read = new Recording("idle.raw-0/pump", "offsets 0..3", List.of(level, new float[] {1, -1, 0}));

        Recording around = read.aroundMean();

        assertThat(around.channels().get(0)).containsExactly(-1, 1, 0);
        assertThat(around.channels().get(1)).containsExactly(1, -1, 0);
        assertThat(level).containsExactly(20, 22, 21);
        assertThat(around.name()).isEqualTo(read.name());
        assertThat(around.sha256()).isEqualTo(read.sha256());
    }
}
