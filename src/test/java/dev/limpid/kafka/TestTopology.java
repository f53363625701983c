package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.WindowTap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A pipeline's topology under the test driver, which commits after every record, so that it never sees a batch. */
final class TestTopology implements AutoCloseable {
    final Counts counts = new Counts();
    final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    final ModelSlot slot;
    private final boolean ownsSlot;

    TestTopology(Definition definition) {
        this(definition, Limits.DEFAULT, Instant.now());
    }

    TestTopology(Definition definition, Limits limits, Instant now) {
        this(
                definition,
                limits,
                now,
                new ModelSlot(new HalvingDenoiser(
                        definition.window().length(),
                        definition.input().channels().size())),
                WindowTap.NONE,
                true);
    }

    /** @param slot stays the caller's */
    TestTopology(Definition definition, ModelSlot slot, WindowTap tap) {
        this(definition, Limits.DEFAULT, Instant.now(), slot, tap, false);
    }

    TestTopology(Definition definition, Limits limits, Instant now, ModelSlot slot, WindowTap tap, boolean ownsSlot) {
        this.slot = slot;
        this.ownsSlot = ownsSlot;
        Wiring wiring =
                new Wiring(definition, slot, definition.maxWindows(), limits, partition -> true, counts, false, tap);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, System.getProperty("java.io.tmpdir") + "/limpid-ttd");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(PipelineTopology.build(wiring), properties, now);
        input = driver.createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(@Nullable String key, byte @Nullable [] value, long timestampMs) {
        send(key, value, timestampMs, new RecordHeaders());
    }

    void send(@Nullable String key, byte @Nullable [] value, long timestampMs, Headers headers) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        input.pipeInput(new TestRecord<>(bytes, value, headers, timestampMs));
    }

    List<TestRecord<byte[], byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    void wallClock(Duration advance) {
        driver.advanceWallClockTime(advance);
    }

    static byte[] f32(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    static float[] floats(byte[] value) {
        float[] values = new float[value.length / Float.BYTES];
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
        if (ownsSlot) {
            slot.close();
        }
    }
}
