package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.codec.Pictures;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.Quality;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckEvidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store keeps of frames whose stuck pixels are masked. */
class StuckPixelsJournalTest {
    private static final int SIDE = 28;
    private static final int DEAD_ROW = 9;

    /** A store that counts what is written, as a changelog would get it. */
    private static final class Changelog extends MapStore {
        long bytes;
        int largest;

        @Override
        public void put(Bytes key, byte[] value) {
            super.put(key, value);
            bytes += key.get().length + value.length;
            largest = Math.max(largest, value.length);
        }
    }

    /** One partition that comes and goes with its store. */
    private static final class Partition {
        final Definition definition;
        final Changelog store;
        final List<String> sent;
        final KafkaSeriesStore series;
        final Pipeline<SourceRecord> pipeline;
        final Decoder decoder;
        long imputed;

        Partition(Definition definition, Changelog store, List<String> sent) {
            this.definition = definition;
            this.store = store;
            this.sent = sent;
            this.decoder = Decoders.of(definition.input(), definition.series());
            this.series = new KafkaSeriesStore(store, definition.spec());
            new SeriesLoader(definition.spec(), decoder).load(store, series);
            ModelSlot slot =
                    new ModelSlot(FakeDenoiser.halving(1, definition.window().length()));
            this.pipeline = new Pipeline<>(definition.spec(), slot, series, new Lines());
        }

        void send(String camera, long timeMs, byte[] value) {
            Block block = new Block(1);
            assertThat(decoder.decode(value, timeMs, block)).isNull();
            byte[] key = camera.getBytes(StandardCharsets.UTF_8);
            pipeline.accept(SeriesKey.of(camera), new SourceRecord(key, value, timeMs, new RecordHeaders()), block);
        }

        void commit() {
            pipeline.flush();
            series.persist();
        }

        private final class Lines implements Emitter<SourceRecord> {
            @Override
            public void record(SeriesKey series, SourceRecord record, CleanedBlock block) {
                StringBuilder text = new StringBuilder(series + " " + record.timestampMs());
                for (int i = 0; i < block.length(); i++) {
                    text.append(' ')
                            .append(block.clean(i, 0))
                            .append(block.quality(i).label());
                    imputed += block.quality(i) == Quality.IMPUTED ? 1 : 0;
                }
                sent.add(text.toString());
            }

            @Override
            public void hop(SeriesKey series, CleanedBlock block) {
                throw new AssertionError("frames have no hops");
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
    }

    @ParameterizedTest(name = "{0} frames a window")
    @ValueSource(ints = {1, 3})
    void a_restart_at_any_commit_changes_no_output(int frames) {
        // Given
        Definition definition = definition("u8", 6, frames);

        // When
        List<String> restarted = run(definition, true);

        // Then
        List<String> whole = run(definition, false);
        assertThat(whole)
                .hasSizeGreaterThan(300)
                .filteredOn(line -> line.contains("imputed"))
                .hasSizeGreaterThan(50);
        assertThat(restarted).isEqualTo(whole);
    }

    /** Two cameras of which one has a dead row for a while, with pauses that end a segment. */
    private static List<String> run(Definition definition, boolean restarts) {
        Random random = new Random(1);
        Random commits = new Random(2);
        Partition partition = new Partition(definition, new Changelog(), new ArrayList<>());
        long timeMs = 1_000;
        for (int i = 0; i < 200; i++) {
            timeMs += i % 37 == 36 ? 200_000 : 40;
            partition.send("a", timeMs, noisy(random, 40, i > 20 && i < 150));
            partition.send("b", timeMs, noisy(random, 0, false));
            boolean commit = commits.nextInt(3) == 0;
            boolean restart = commits.nextInt(3) == 0;
            if (commit && restarts) {
                partition.commit();
                partition = restart ? new Partition(definition, partition.store, partition.sent) : partition;
            } else {
                partition.pipeline.flush();
            }
        }
        partition.commit();
        return partition.sent;
    }

    @ParameterizedTest(name = "{0} frames, noise of {1}")
    @CsvSource({"u8,0", "u8,5", "u8,60", "image,0", "image,5", "image,60"})
    void a_commit_for_every_frame_writes_no_more_than_three_times_the_input(String format, int noise) {
        // Given
        Partition partition = new Partition(definition(format, 30, 1), new Changelog(), new ArrayList<>());
        Random random = new Random(3);
        long input = 0;

        // When
        for (int i = 0; i < 300; i++) {
            byte[] frame = noisy(random, noise, true);
            if (format.equals("image")) {
                int[] samples = new int[frame.length];
                for (int p = 0; p < samples.length; p++) {
                    samples[p] = frame[p] & 0xFF;
                }
                frame = Pictures.png(Pictures.image(SIDE, SIDE, 1, false, samples));
            }
            input += frame.length;
            partition.send("a", 1_000 + 40L * i, frame);
            partition.commit();
        }

        // Then
        assertThat(partition.store.bytes).isLessThanOrEqualTo(3 * input);
        assertThat(partition.store.size()).isLessThanOrEqualTo(4);
    }

    @Test
    void no_record_of_the_store_is_over_256_kib_however_many_pixels_there_is_something_against() {
        // Given: frames of which two fill a chunk, in which two of five columns never change, and four of them before
        // each commit
        Definition definition = DefinitionLoader.parse(
                "large",
                """
                pipeline: large
                kind: frame
                input: { format: u8, channels: [grey], height: 300, width: 365, range: [0, 255], stuck-after: 200 }
                """,
                Map.of());
        Partition partition = new Partition(definition, new Changelog(), new ArrayList<>());
        for (int i = 0; i < 16; i++) {
            byte[] frame = new byte[300 * 365];
            for (int p = 0; p < frame.length; p++) {
                frame[p] = (byte) (p % 5 < 2 ? 7 : i);
            }

            // When
            partition.send("a", 1_000 + 40L * i, frame);
            if (i % 4 == 3) {
                partition.commit();
                assertThat(partition
                                .series
                                .all()
                                .iterator()
                                .next()
                                .head()
                                .stuck()
                                .size())
                        .isGreaterThan(40_000);
                StuckEvidence before =
                        partition.series.all().iterator().next().head().stuck();
                partition = new Partition(definition, partition.store, partition.sent);
                assertThat(partition.series.all().iterator().next().head().stuck())
                        .isEqualTo(before);
            }
        }

        // Then
        assertThat(partition.store.largest).isBetween(200 * 1024, 256 * 1024);
    }

    @Test
    void frames_without_the_key_are_stored_as_before() {
        // Given
        Partition partition = new Partition(definition("u8", 0, 1), new Changelog(), new ArrayList<>());

        // When
        for (int i = 0; i < 100; i++) {
            partition.send("a", 1_000 + 40L * i, noisy(new Random(i), 40, true));
            partition.commit();
        }

        // Then
        assertThat(partition.imputed).isZero();
        assertThat(partition.store.bytes).isLessThan(100 * 100);
    }

    /** A black frame with a bright square that wanders, of values from 0 to 255. */
    private static byte[] noisy(Random random, int noise, boolean dead) {
        byte[] frame = new byte[SIDE * SIDE];
        int top = random.nextInt(SIDE - 12);
        int left = random.nextInt(SIDE - 12);
        for (int i = 0; i < frame.length; i++) {
            boolean bright = i / SIDE >= top && i / SIDE < top + 12 && i % SIDE >= left && i % SIDE < left + 12;
            double value = (bright ? 100 + random.nextInt(100) : 0) + noise * random.nextGaussian();
            frame[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
            if (dead && i / SIDE == DEAD_ROW) {
                frame[i] = (byte) 255;
            }
        }
        return frame;
    }

    private static Definition definition(String format, int stuckAfter, int frames) {
        return DefinitionLoader.parse(
                "frames",
                """
                pipeline: frames
                kind: frame
                input: { format: %s, channels: [grey], height: 28, width: 28, range: [0, 255]%s }
                window: { frames: %d }
                gaps: { max: 10s, idle-flush: 100s }
                """
                        .formatted(format, stuckAfter == 0 ? "" : ", stuck-after: " + stuckAfter, frames),
                Map.of());
    }
}
