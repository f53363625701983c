package dev.limpid.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.Golden;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Floats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final Telemetry telemetry = new Telemetry();
    private final PipelineMeters meters = telemetry.pipeline("ecg");
    private final Map<String, Long> deadLetters = new ConcurrentHashMap<>(Map.of("syntax", 2L));
    private final AtomicReference<ModelId> model = new AtomicReference<>(new ModelId("ecg", "7", "0123456789abcdef"));

    @AfterEach
    void close() {
        telemetry.close();
    }

    private void publishAll() {
        meters.tally(figure -> 5, () -> 2);
        meters.state(() -> deadLetters, model::get, "cpu", () -> true);
        meters.refusals(() -> Map.of("digest", 1L));
        meters.takeOver(() -> 1L);
        meters.shadow(() -> 5L, () -> 1L, () -> 2L);
        telemetry.trainer("ecg", 0).state(() -> true, Duration.ofHours(6));
    }

    /** Throws for batches of more than one window. */
    private static final class OneAtATime implements Denoiser {
        boolean closed;

        @Override
        public ModelSpec spec() {
            return new ModelSpec(
                    new ModelId("one", "1", "00"),
                    1,
                    List.of(new ChannelSpec("a", "V", 1f)),
                    false,
                    false,
                    Floats.of());
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            if (to - from > 1) {
                throw new DenoiserException("too many");
            }
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void the_metric_names_are_the_agreed_ones() {
        // Given
        publishAll();

        // When
        String names = names(telemetry.scrape());

        // Then
        Golden.verify("metrics.txt", names);
    }

    /** {@code name type {labels}} of every metric on the page. */
    private static String names(String page) {
        Map<String, String> types = new TreeMap<>();
        Map<String, String> labels = new TreeMap<>();
        for (String line : page.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                String name = line.substring(0, line.indexOf('{')).replaceFirst("_(bucket|count|sum)$", "");
                String keys = line.substring(line.indexOf('{'), line.indexOf('}') + 1)
                        .replaceAll("=\"[^\"]*\"", "")
                        .replaceFirst(",le}", "}");
                labels.put(name, keys);
            }
        }
        return types.entrySet().stream()
                .map(type -> type.getKey() + " " + type.getValue() + " " + labels.get(type.getKey()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void counts_are_read_when_prometheus_asks() {
        // Given
        publishAll();
        telemetry.scrape();
        System.gc();
        deadLetters.put("empty", 1L);
        deadLetters.put("syntax", 3L);

        // When
        String page = telemetry.scrape();

        // Then
        assertThat(page)
                .contains("limpid_samples_total{outcome=\"cleaned\",pipeline=\"ecg\"} 5.0")
                .contains("limpid_dead_letters_total{pipeline=\"ecg\",reason=\"syntax\"} 3.0")
                .contains("limpid_dead_letters_total{pipeline=\"ecg\",reason=\"empty\"} 1.0")
                .contains("limpid_shadow_windows_total{outcome=\"dropped\",pipeline=\"ecg\"} 2.0")
                .contains("limpid_pipeline_running{pipeline=\"ecg\"} 1.0");
    }

    @Test
    void after_a_swap_only_the_model_in_force_is_shown() {
        // Given
        publishAll();
        telemetry.scrape();
        model.set(new ModelId("ecg", "8", "fedcba9876543210"));

        // When
        String page = telemetry.scrape();

        // Then
        assertThat(page)
                .contains(
                        "limpid_model_in_force{model=\"ecg\",pipeline=\"ecg\",provider=\"cpu\",sha256=\"fedcba987654\",version=\"8\"} 1.0")
                .doesNotContain("version=\"7\"");
    }

    @Test
    void every_run_of_the_model_is_timed_and_failures_are_counted() throws Exception {
        // Given
        OneAtATime inner = new OneAtATime();
        Denoiser timed = meters.timed(inner);
        WindowBatch batch = new WindowBatch(4, 1, 1);
        Reconstruction out = new Reconstruction(4, 1, 1);

        // When
        assertThatThrownBy(() -> timed.denoise(batch, 0, 4, out)).isInstanceOf(DenoiserException.class);
        timed.denoise(batch, 1, 2, out);
        timed.close();

        // Then
        assertThat(inner.closed).isTrue();
        assertThat(timed.spec()).isEqualTo(inner.spec());
        assertThat(timed.joins()).isTrue();
        assertThat(telemetry.scrape())
                .contains("limpid_inference_seconds_count{pipeline=\"ecg\"} 2")
                .contains("limpid_inference_failures_total{pipeline=\"ecg\"} 1.0")
                .contains("limpid_batch_windows_sum{pipeline=\"ecg\"} 5.0");
    }

    @Test
    void a_latency_from_a_clock_that_runs_ahead_counts_as_none() {
        // When
        meters.left(-20);
        meters.left(40);

        // Then
        assertThat(telemetry.scrape())
                .contains("limpid_latency_seconds_bucket{pipeline=\"ecg\",le=\"0.01\"} 1")
                .contains("limpid_latency_seconds_sum{pipeline=\"ecg\"} 0.04");
    }
}
