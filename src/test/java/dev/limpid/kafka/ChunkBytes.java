package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/** Says how many bytes a series writes per commit, key and value, at one float32 sample per commit. */
final class ChunkBytes {
    private ChunkBytes() {}

    public static void main(String[] args) {
        for (String granularity : new String[] {"record", "hop"}) {
            Definition definition = DefinitionLoader.parse(
                    "hot",
                    """
                    pipeline: hot
                    input: { topic: raw, format: f32, channels: [v], sample-rate-hz: 1 }
                    window: { length: 128, hop: 128 }
                    model: { name: bench, bundled: models/bench.onnx }
                    gaps: { max: 5s, idle-flush: 10s }
                    output: { cleaned: cleaned, scores: scores, granularity: %s }
                    """
                            .formatted(granularity),
                    Map.of());
            long[] sum = new long[3];
            MapStore store = new MapStore() {
                @Override
                public void put(Bytes key, byte[] value) {
                    super.put(key, value);
                    sum[0]++;
                    sum[1] += key.get().length;
                    sum[2] += value.length;
                }
            };
            Task task = new Task(
                    new Wiring(
                            definition,
                            new ModelSlot(FakeDenoiser.identity(1, 128)),
                            256,
                            Limits.DEFAULT,
                            input -> false,
                            new Counts(),
                            true),
                    0,
                    store);
            byte[] key = "s0001234".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 4096; i++) {
                long timeMs = 1_700_000_000_000L + i * 1000L;
                task.accept(new ConsumerRecord<>("raw", 0, i, key, TestTopology.f32(i % 17)), timeMs, timeMs);
                task.flush(timeMs);
                task.outbox().clear();
            }
            System.out.printf(
                    "%s: key %.1f, value %.1f%n", granularity, (double) sum[1] / sum[0], (double) sum[2] / sum[0]);
        }
    }
}
