package dev.limpid.kafka;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Twenty series and one without a key, in blocks of 50 samples at 100 Hz: with gaps, with long silences of one series that
 * end its segment by stream time, and with repeated blocks. Each record says its number within its series in a header.
 */
final class CrashFeed implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final int SAMPLES = 50;
    static final int SERIES = 21;
    /** The words of {@link Layout#WORDS} that are known. */
    static final String[] KNOWN = {"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "end"};

    private static final int BLOCK_MS = SAMPLES * 10;
    private static final int NULL_KEY = 20;
    /** Of a block, as a frame: far above all others, and in every third series always the same. */
    private static final int STUCK = 27;

    private static final long START_MS = 1_700_000_000_000L;
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Layout layout;
    private final int first;
    private final Map<String, Integer> sent = new TreeMap<>();
    private long records;
    private long block;

    /** A block as it is sent. */
    interface Layout {
        /** 32-bit floats, a wave with noise. */
        Layout NUMBERS = CrashFeed::numbers;
        /** Words with spaces between them: of eight that are known, a ninth that is not, masked ones, and an {@code end} in every third record. */
        Layout WORDS = CrashFeed::words;

        byte[] value(int series, long block);
    }

    CrashFeed(String bootstrap, String topic) {
        this(bootstrap, topic, false, Layout.NUMBERS);
    }

    /** @param nullKeys whether to send no record that has a key */
    CrashFeed(String bootstrap, String topic, boolean nullKeys, Layout layout) {
        this.topic = topic;
        this.layout = layout;
        this.first = nullKeys ? NULL_KEY : 0;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "5", "batch.size", "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends the next block of every series that is not silent now. */
    void round() {
        for (int series = first; series < SERIES; series++) {
            long turn = block + series * 31L;
            if (turn % 400 < 70 && block > 100) {
                continue; // silent for 35 s of stream time
            }
            if (turn % 41 == 0) {
                continue; // a gap
            }
            send(series, block);
            if (turn % 53 == 0) {
                send(series, block); // the same slots again
            }
        }
        block++;
    }

    /** A last record per series, a gap later, which ends the segment before it. */
    void last() {
        block += 10;
        for (int series = first; series < SERIES; series++) {
            send(series, block);
        }
        block++;
        producer.flush();
    }

    private static byte[] numbers(int series, long number) {
        ByteBuffer value = ByteBuffer.allocate(SAMPLES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES; i++) {
            if (i == STUCK && series % 3 == 0) {
                value.putFloat(9);
                continue;
            }
            long sample = number * SAMPLES + i;
            value.putFloat((float) (Math.sin(sample * 0.1 + series) + (sample * 7919 + series * 31L) % 97 / 100.0));
        }
        return value.array();
    }

    private static byte[] words(int series, long number) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SAMPLES; i++) {
            long turn = (number * SAMPLES + i) * 7919 + series * 31L;
            text.append(i == 0 ? "" : " ")
                    .append(turn % 151 == 0 ? "end" : turn % 23 == 0 ? "[MASK]" : "t" + turn / 7 % 9);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void send(int series, long number) {
        String name = name(series);
        int seq = sent.merge(name, 1, Integer::sum) - 1;
        byte[] key = series == NULL_KEY ? null : name.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, series % PARTITIONS, START_MS + number * BLOCK_MS, key, layout.value(series, number));
        record.headers().add("seq", Integer.toString(seq).getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        records++;
    }

    private static String name(int series) {
        return series == NULL_KEY ? "null" : "s" + series;
    }

    static String name(byte @Nullable [] key) {
        return key == null ? "null" : new String(key, StandardCharsets.UTF_8);
    }

    long samples() {
        return records * SAMPLES;
    }

    long records() {
        return records;
    }

    /** The numbers sent. */
    Map<String, List<Integer>> sent() {
        return numbers(0);
    }

    /** The numbers that must have left: all but the last record's of each series. */
    Map<String, List<Integer>> expected() {
        return numbers(1);
    }

    private Map<String, List<Integer>> numbers(int less) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        sent.forEach((name, count) ->
                numbers.put(name, IntStream.range(0, count - less).boxed().toList()));
        return numbers;
    }

    /** What has left, without the last record of each series, which may leave or not. */
    Map<String, List<Integer>> answered(Map<String, List<Integer>> numbers) {
        Map<String, List<Integer>> answered = new TreeMap<>();
        numbers.forEach((name, all) -> answered.put(
                name, all.stream().filter(seq -> seq < sent.get(name) - 1).toList()));
        return answered;
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
