package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.codec.Decoders;
import dev.limpid.codec.JournalEntries;
import dev.limpid.codec.SeriesChunkLayout;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesJournalTest {
    private static final int SEEDS = 30;
    /** The series of one partition that comes and goes with its store. */
    private final class Partition {
        final KeyValueStore<Bytes, byte[]> store;
        final Definition definition;
        final List<String> sent;
        KafkaSeriesStore series;
        Pipeline<SourceRecord> pipeline;

        Partition(Definition definition, KeyValueStore<Bytes, byte[]> store, List<String> sent) {
            this.definition = definition;
            this.store = store;
            this.sent = sent;
            this.series = new KafkaSeriesStore(store, definition.spec());
            new SeriesLoader(definition.spec(), Decoders.of(definition.input(), definition.series()))
                    .load(store, series);
            this.pipeline = new Pipeline<>(
                    definition.spec(),
                    new ModelSlot(new HalvingDenoiser(definition.window().length(), 1)),
                    series,
                    new Lines(sent));
        }

        Partition restart() {
            return new Partition(definition, store, sent);
        }

        void send(String key, long timeMs, float... values) {
            Block block = new Block(1);
            block.begin(timeMs);
            for (float value : values) {
                block.add(value);
            }
            SourceRecord record = new SourceRecord(
                    key.getBytes(StandardCharsets.UTF_8), TestTopology.f32(values), timeMs, new RecordHeaders());
            pipeline.accept(SeriesKey.of(key), record, block);
        }

        void commit() {
            pipeline.flush();
            series.persist();
        }
    }

    /** What the pipeline emits, a line each. */
    private record Lines(List<String> sent) implements Emitter<SourceRecord> {
        @Override
        public void record(SeriesKey series, SourceRecord record, CleanedBlock block) {
            sent.add(series + " record " + record.timestampMs() + values(block));
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {
            sent.add(series + " hop " + block.timestampMs(0) + values(block));
        }

        private static String values(CleanedBlock block) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < block.length(); i++) {
                text.append(' ')
                        .append(block.clean(i, 0))
                        .append(block.quality(i).label());
            }
            return text.append(' ').append(block.score()).toString();
        }

        @Override
        public void score(SeriesKey series, WindowScore score) {
            sent.add(series + " " + score);
        }

        @Override
        public void alert(SeriesKey series, Alert alert) {
            sent.add(series + " " + alert);
        }

        @Override
        public void failed(SeriesKey series, FailedWindow window) {
            sent.add(series + " " + window);
        }
    }

    @ParameterizedTest
    @CsvSource({"HOP, 4", "RECORD, 4", "HOP, 8", "RECORD, 8"})
    void a_restart_at_any_commit_changes_no_output(Granularity granularity, int hop) {
        Definition definition = windows(granularity, hop);
        for (int seed = 0; seed < SEEDS; seed++) {
            List<String> whole = run(definition, seed, false);
            assertThat(whole).as("seed " + seed).hasSizeGreaterThan(100);
            assertThat(bySeries(run(definition, seed, true))).as("seed " + seed).isEqualTo(bySeries(whole));
        }
    }

    private List<String> run(Definition definition, int seed, boolean restarts) {
        Random random = new Random(seed);
        Partition partition = new Partition(definition, new MapStore(), new ArrayList<>());
        long timeMs = 1_000;
        for (int i = 0; i < 600; i++) {
            String key = "s" + random.nextInt(3);
            timeMs += random.nextInt(100) == 0 ? 3_000 : 10;
            long late = random.nextInt(12) == 0 ? 10L * random.nextInt(10) : 0;
            float[] values = new float[1 + random.nextInt(random.nextInt(40) == 0 ? 30 : 3)];
            for (int v = 0; v < values.length; v++) {
                values[v] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            partition.send(key, timeMs - late, values);
            if (random.nextInt(3) == 0) {
                partition.commit();
                if (random.nextInt(4) == 0 && restarts) {
                    partition = partition.restart();
                }
            }
        }
        partition.commit();
        return partition.sent;
    }

    private static List<String> bySeries(List<String> lines) {
        return lines.stream()
                .sorted((a, b) -> a.substring(0, 2).compareTo(b.substring(0, 2)))
                .toList();
    }

    @Test
    void small_chunks_are_merged_and_indices_reused_so_a_slow_series_keeps_few_records() {
        // Given
        Partition partition = new Partition(
                Definitions.of(Format.F32, Granularity.HOP, SeriesBy.KEY, "lead"), new MapStore(), new ArrayList<>());

        // When
        for (int i = 0; i < 1_000; i++) {
            partition.send("slow", 1_000 + 10L * i, i);
            partition.commit();
        }

        // Then
        assertThat(((MapStore) partition.store).size()).isLessThanOrEqualTo(2 * SeriesJournal.MERGE + 2);
    }

    @Test
    void a_record_that_is_answered_before_the_commit_and_that_no_window_to_come_needs_is_not_stored() {
        // Given
        Partition partition = new Partition(windows(Granularity.RECORD, 8), new MapStore(), new ArrayList<>());

        // When
        for (int i = 0; i < 1_000; i++) {
            partition.send("whole", 1_000 + 80L * i, new float[8]);
        }
        partition.commit();

        // Then
        assertThat(partition.sent).filteredOn(line -> line.contains(" record ")).hasSize(1_000);
        assertThat(bytes(partition.store)).isLessThan(100);
    }

    /** Sends so many samples with a commit after each, then one that is late, then ten; restarts behind the late one. */
    private static List<String> withLateOne(Partition partition, int samples, boolean restarts) {
        for (int i = 0; i < samples; i++) {
            partition.send("s", 1_000 + 10L * i, i);
            partition.commit();
        }
        partition.send("s", 1_000 + 10L * (samples - 40), 7);
        partition.commit();
        Partition next = restarts ? partition.restart() : partition;
        for (int i = samples; i < samples + 10; i++) {
            next.send("s", 1_000 + 10L * i, i);
            next.commit();
        }
        return next.sent;
    }

    @Test
    void a_record_left_out_where_chunks_merge_makes_none_wait_again() {
        // Given: windows of 32, one for each sample, which leaves at once; the store has what the windows to come need
        Definition definition = Definitions.of(
                Format.F32, Granularity.RECORD, SeriesBy.KEY, new WindowSpec(32, 1, 0), Map.of(), "lead");

        // When: one of these many is where 15 chunks merge while the late record is left out
        for (int samples = 40; samples <= 40 + SeriesJournal.MERGE; samples++) {
            List<String> whole =
                    withLateOne(new Partition(definition, new MapStore(), new ArrayList<>()), samples, false);
            List<String> restarted =
                    withLateOne(new Partition(definition, new MapStore(), new ArrayList<>()), samples, true);

            // Then
            assertThat(restarted).as("%d samples", samples).isEqualTo(whole);
            assertThat(whole)
                    .filteredOn(line -> line.contains(" record "))
                    .as("%d samples", samples)
                    .hasSize(samples + 11);
        }
    }

    private static Definition windows(Granularity granularity, int hop) {
        return Definitions.of(Format.F32, granularity, SeriesBy.KEY, new WindowSpec(8, hop, 8), Map.of(), "lead");
    }

    private static int bytes(KeyValueStore<Bytes, byte[]> store) {
        int bytes = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                bytes += all.next().value.length;
            }
        }
        return bytes;
    }

    @Test
    void a_series_that_expires_leaves_nothing_in_the_store() {
        // Given
        Partition partition = new Partition(
                Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"),
                new MapStore(),
                new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            partition.send("gone", 1_000 + 10L * i, i);
            partition.commit();
        }

        // When
        for (int i = 0; i < 3; i++) {
            partition.send("here", 8L * 24 * 3_600_000 + 10L * i, i);
        }
        partition.commit();

        // Then
        try (KeyValueIterator<Bytes, byte[]> all = partition.store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                assertThat(StoreKeys.series(entry.key)).isEqualTo(SeriesKey.of("here"));
            }
        }
    }

    @Test
    void a_newer_layout_is_refused_and_a_large_record_is_split() {
        Partition partition = new Partition(
                Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"),
                new MapStore(),
                new ArrayList<>());
        for (int i = 0; i < 10; i++) {
            partition.send("big", 1_000 + 400_000L * i, new float[40_000]);
        }
        partition.commit();
        try (KeyValueIterator<Bytes, byte[]> all = partition.store.all()) {
            while (all.hasNext()) {
                byte[] value = all.next().value;
                assertThat(value.length).isLessThan(256 * 1024);
                value[0] = SeriesChunkLayout.VERSION + 1;
                assertThatThrownBy(() -> SeriesChunkLayout.decode(value, new JournalEntries.Shape(1, false, 0)))
                        .hasMessageContaining("layout version 4, this program knows 1 to 3");
            }
        }
    }
}
