package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/**
 * What a series of topology/demo.yaml costs on the heap, with its unanswered records and its journal, and that expiry gives it back.
 * The figure of docs/operations.md: {@code mvn -Dquick test -Dtest=SeriesHeapTest -Dlimpid.series=10000}.
 */
class SeriesHeapTest {
    private static final int SERIES = Integer.getInteger("limpid.series", 1_000);
    private static final int BLOCK = 25;
    private static final int BLOCKS = 60;
    private static final long START_MS = 1_700_000_000_000L;
    private static final String VALUE =
            "{\"ts\":1700000000000,\"samples\":[-0.1234" + ",-0.1234".repeat(BLOCK - 1) + "]}";
    private final PipelineSpec spec =
            DefinitionLoader.load(Path.of("topology/demo.yaml"), Map.of()).spec();
    private final MapStore store = new MapStore();
    private final KafkaSeriesStore series = new KafkaSeriesStore(store, spec);
    private final Pipeline<SourceRecord> pipeline =
            new Pipeline<>(spec, new ModelSlot(new HalvingDenoiser(spec.window().length(), 1)), series, new Nowhere());

    private static final class Nowhere implements Emitter<SourceRecord> {
        @Override
        public void record(SeriesKey series, SourceRecord record, CleanedBlock block) {}

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {}

        @Override
        public void score(SeriesKey series, WindowScore score) {}

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }

    /** A block of 0.1 s as the demo's sensors send it. */
    private void send(int number, long ms) {
        Block block = new Block(1);
        block.begin(ms);
        for (int i = 0; i < BLOCK; i++) {
            block.add((float) Math.sin(0.05 * i + number));
        }
        byte[] value = VALUE.getBytes(StandardCharsets.UTF_8);
        byte[] key = ("sensor-" + number).getBytes(StandardCharsets.UTF_8);
        pipeline.accept(SeriesKey.wrap(key), new SourceRecord(key, value, ms, new RecordHeaders()), block);
    }

    private void commit() {
        pipeline.flush();
        series.persist();
    }

    private static long usedBytes() {
        for (int i = 0; i < 4; i++) {
            System.gc(); // the serial collector compacts wholly only every fourth time
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void a_series_costs_tens_of_kilobytes_until_it_expires() {
        // Given
        long before = usedBytes();

        // When
        for (int block = 0; block < BLOCKS; block++) {
            for (int number = 0; number < SERIES; number++) {
                send(number, START_MS + 100L * block);
            }
            commit();
        }
        long perSeries = (usedBytes() - before) / SERIES;
        long afterMs = START_MS + spec.expireAfterMs() + 10_000;
        for (int call = 0; call <= SERIES / spec.maxWindows(); call++) {
            send(0, afterMs + 100L * call);
            commit();
        }
        long expired = (usedBytes() - before) / SERIES;

        // Then
        System.out.printf("%d series: %d bytes each%n", SERIES, perSeries);
        assertThat(series.all()).hasSize(1);
        assertThat(perSeries).isBetween(10_000L, 60_000L);
        assertThat(expired).isLessThan(perSeries / 10);
    }
}
