package dev.limpid.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads what comes of a {@link LoadFeed} as it is committed, and holds it against what must come: each record once, in order, with the
 * value of the model it names; each window's score once, in order, by one model; and no model after a newer one in a partition.
 * Versions are numbers; even ones change all they get, odd ones give it back.
 */
final class LoadReader {
    private static final Pattern MODEL = Pattern.compile("tiny:(\\d+)@[0-9a-f]{12}(\\+?)");
    private static final Pattern SCORE =
            Pattern.compile("\\{\"start\":(\\d+),.*\"model\":\"tiny:(\\d+)@[0-9a-f]{12}\"}");
    private static final int MOST_PROBLEMS = 20;
    private static final int MOST_MS = 20_000;

    private final LoadFeed feed;
    private final int hop;
    private final String cleaned;
    private final Consumer<byte[], byte[]> consumer;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final long[] nextTick;
    private final long[] nextWindow;
    private final int[] scored = new int[CrashFeed.PARTITIONS];
    private final AtomicIntegerArray newest = new AtomicIntegerArray(CrashFeed.PARTITIONS);
    private final Thread thread;
    private volatile long[] latencies = new long[MOST_MS];
    private volatile boolean finish;
    private volatile long changes;

    LoadReader(ModelClients clients, String app, LoadFeed feed) {
        this.feed = feed;
        this.hop = feed.load.window.hop();
        this.cleaned = app + ".cleaned";
        nextTick = new long[feed.load.series];
        nextWindow = new long[feed.load.series];
        for (int series = 0; series < feed.load.series; series++) {
            nextTick[series] = feed.first(series);
        }
        consumer = clients.reader(20);
        consumer.assign(Stream.of(cleaned, app + ".scores")
                .flatMap(topic -> IntStream.range(0, CrashFeed.PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)))
                .toList());
        thread = new Thread(this::run, "reader");
        thread.start();
    }

    private void run() {
        while (!finish) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                if (record.topic().equals(cleaned)) {
                    cleaned(record);
                } else {
                    score(record);
                }
            }
        }
        consumer.close();
    }

    private void cleaned(ConsumerRecord<byte[], byte[]> record) {
        long nowMs = System.currentTimeMillis();
        int series = series(record);
        long tick = feed.tick(record.timestamp());
        if (tick != nextTick[series]) {
            problem("series " + series + " answers " + tick + ", wanted " + nextTick[series]);
        }
        nextTick[series] = tick + 1;
        Matcher model = MODEL.matcher(text(record, "limpid-model"));
        if (!model.matches()) {
            problem("series " + series + " tick " + tick + " names " + text(record, "limpid-model"));
            return;
        }
        int version = Integer.parseInt(model.group(1));
        int before = newest.get(record.partition());
        if (version < before) {
            problem("partition " + record.partition() + " goes back from " + before + " to " + version);
        } else if (version > before) {
            newest.set(record.partition(), version);
            changes++; // of this thread only
        }
        answer(record, series, tick, version, !model.group(2).isEmpty());
        long latencyMs = nowMs - feed.dueMs(feed.completing(series, tick));
        latencies[(int) Math.max(0, Math.min(MOST_MS - 1, latencyMs))]++;
    }

    /** Two models that cross-fade may both have their say. */
    private void answer(ConsumerRecord<byte[], byte[]> record, int series, long tick, int version, boolean crossFades) {
        boolean changed = version % 2 == 0;
        String quality = text(record, "limpid-quality");
        boolean fits = quality.equals(feed.load.quality(changed))
                && Arrays.equals(record.value(), feed.load.answer(series, tick, changed));
        if (!fits && !(crossFades && feed.load.between(record.value(), quality, series, tick))) {
            problem("series " + series + " tick " + tick + " by " + version + " is " + quality + " "
                    + HexFormat.of().formatHex(record.value()) + ", wanted " + feed.load.quality(changed) + " "
                    + HexFormat.of().formatHex(feed.load.answer(series, tick, changed)));
        }
    }

    private void score(ConsumerRecord<byte[], byte[]> record) {
        int series = series(record);
        Matcher score = SCORE.matcher(new String(record.value(), StandardCharsets.UTF_8));
        if (!score.matches()) {
            problem("no score by one model: " + new String(record.value(), StandardCharsets.UTF_8));
            return;
        }
        long window = (feed.tick(Long.parseLong(score.group(1))) - feed.first(series)) / hop;
        if (window != nextWindow[series]) {
            problem("series " + series + " scores window " + window + ", wanted " + nextWindow[series]);
        }
        nextWindow[series] = window + 1;
        int version = Integer.parseInt(score.group(2));
        if (version < scored[record.partition()]) {
            problem("scores of partition " + record.partition() + " go back from " + scored[record.partition()] + " to "
                    + version);
        }
        scored[record.partition()] = version;
    }

    private void problem(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }

    private static int series(ConsumerRecord<byte[], byte[]> record) {
        return Integer.parseInt(new String(record.key(), StandardCharsets.US_ASCII));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        Header last = record.headers().lastHeader(header);
        return last == null ? "none" : new String(last.value(), StandardCharsets.US_ASCII);
    }

    /** From now on latencies count in what is given back: how many there were, by ms. */
    long[] measure() {
        long[] histogram = new long[MOST_MS];
        latencies = histogram;
        return histogram;
    }

    static long[] sum(List<long[]> histograms) {
        long[] sum = new long[MOST_MS];
        histograms.forEach(each -> Arrays.setAll(sum, ms -> sum[ms] + each[ms]));
        return sum;
    }

    /** Whether every partition has a record by that version or a newer one. */
    boolean reached(int version) {
        return IntStream.range(0, CrashFeed.PARTITIONS).allMatch(p -> newest.get(p) >= version);
    }

    /** How often the model of a partition has changed for a newer one. */
    long changes() {
        return changes;
    }

    /** What was not as it must be. */
    List<String> problems() {
        return problems;
    }

    /** Whether all is there that a feed, which has ended, makes complete. */
    boolean complete() {
        return IntStream.range(0, feed.load.series)
                .allMatch(s -> nextTick[s] >= feed.answered(s) && nextWindow[s] >= feed.windows(s));
    }

    /** Ends it; gives what came that is not as far as it must be, or further. */
    List<String> finish() throws InterruptedException {
        finish = true;
        thread.join();
        List<String> wrong = new ArrayList<>(problems);
        for (int series = 0; series < feed.load.series && wrong.size() < MOST_PROBLEMS; series++) {
            if (nextTick[series] != feed.answered(series) || nextWindow[series] != feed.windows(series)) {
                wrong.add("series " + series + " ends at tick " + nextTick[series] + " and window " + nextWindow[series]
                        + ", wanted " + feed.answered(series) + " and " + feed.windows(series));
            }
        }
        return wrong;
    }

    /** The latency, in ms, that {@code share} of the records did not exceed. */
    static int quantileMs(long[] histogram, double share) {
        long all = 0;
        for (long count : histogram) {
            all += count;
        }
        long seen = 0;
        for (int ms = 0; ms < histogram.length; ms++) {
            seen += histogram[ms];
            if (seen >= share * all) {
                return ms;
            }
        }
        return histogram.length;
    }
}
