package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code limpid pipeline describe} says of each kind. */
class DescriptionTest {
    private static final int SERIES = 400;

    /** Gives back what it gets, and is sure of it. */
    private record Same(ModelSpec spec) implements Denoiser {
        static Same of(Definition definition) {
            return new Same(new ModelSpec(
                    new ModelId("same", "1", "0".repeat(64)),
                    definition.window().length(),
                    definition.input().channels().stream()
                            .map(name -> new ChannelSpec(name, "", 1f))
                            .toList(),
                    true,
                    false,
                    Floats.of()));
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            int at = from * batch.windowSize();
            out.clean().put(at, batch.x(), at, (to - from) * batch.windowSize());
        }

        @Override
        public void close() {}
    }

    private static final class Nowhere implements Emitter<Object> {
        @Override
        public void record(SeriesKey series, Object record, CleanedBlock block) {}

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {}

        @Override
        public void score(SeriesKey series, WindowScore score) {}

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }

    @ParameterizedTest
    @CsvSource({"hdfs, describe-tokens", "frames, describe-frames"})
    void tokens_and_frames_are_called_by_their_names(String topology, String golden) {
        // When
        Description description = new Description(definition(topology), 100);

        // Then
        Golden.verify(
                "definition/" + golden + ".txt",
                description.text() + "\n" + Results.json(description.tree()).replace("\r", "") + "\n");
    }

    @Test
    void where_each_record_is_a_session_nothing_waits() {
        // Given
        Definition definition = DefinitionLoader.parse(
                "p", "pipeline: p\nkind: tokens\nwindow: {length: 8}\ntokens: {session: {by: record}}", Map.of());

        // Then
        assertThat(new Description(definition, 100).text())
                .contains("a session per record", "a token is final when its record came");
        assertThat(new Description(definition, 100).tree()).containsEntry("firstWindowLatencyTokens", 0);
    }

    @ParameterizedTest
    @CsvSource({"demo, 25", "hdfs, 1", "frames, 784"})
    void a_series_takes_as_much_of_the_heap_as_is_told(String topology, int samples) {
        // Given
        Definition definition = definition(topology);
        MemoryStore<Object> store = new MemoryStore<>();
        Pipeline<Object> pipeline =
                new Pipeline<>(definition.spec(), new ModelSlot(Same.of(definition)), store, new Nowhere());
        long before = usedBytes();

        // When
        for (int record = 0; record < 3; record++) {
            for (int series = 0; series < SERIES; series++) {
                Block block = new Block(1);
                block.begin(1_700_000_000_000L + 100L * record);
                for (int sample = 0; sample < samples; sample++) {
                    block.add(3);
                }
                pipeline.accept(SeriesKey.of("series-" + series), "record", block);
                if (samples > definition.window().hop() / 2) {
                    pipeline.flush();
                }
            }
            pipeline.flush();
        }
        long each = (usedBytes() - before) / SERIES;

        // Then
        long told = new Description(definition, 100).stateBytes();
        assertThat(store.all()).hasSize(SERIES);
        assertThat(each).isBetween(told * 85 / 100, told * 115 / 100);
    }

    private static Definition definition(String topology) {
        return DefinitionLoader.load(Path.of("topology/" + topology + ".yaml"), Map.of());
    }

    private static long usedBytes() {
        for (int i = 0; i < 4; i++) {
            System.gc(); // the serial collector compacts wholly only every fourth time
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
