package dev.limpid.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JobTest {
    @Test
    void a_job_survives_the_command_line() {
        Job job = new Job(
                Mode.PER_SAMPLE_STORE,
                BenchCase.of("samples-json"),
                "127.0.0.1:9092",
                "in",
                "out",
                "scores",
                "group",
                "models/bench.onnx",
                "folder",
                4,
                100,
                50,
                20.5,
                true);

        assertThat(Job.parse(job.arguments().toArray(String[]::new))).isEqualTo(job);
    }

    @Test
    void an_unknown_mode_is_refused_with_those_that_exist() {
        assertThatThrownBy(() -> Mode.of("limpid"))
                .hasMessageContaining("no mode 'limpid'")
                .hasMessageContaining("limpid-hop");
    }

    @Test
    void a_measurement_is_read_from_the_line_the_meter_wrote() {
        Measurement measurement = Measurement.parse(
                "samples=3000000 seconds=20.100 steadySamples=1500000 steadySeconds=10.000 steadyCpuSeconds=3.000");

        assertThat(measurement.samplesPerSecond()).isEqualTo(150_000);
        assertThat(measurement.cpuSecondsPerMillionSamples()).isEqualTo(2);
    }
}
