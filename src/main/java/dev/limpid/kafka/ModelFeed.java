package dev.limpid.kafka;

import dev.limpid.codec.PointerLayout;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.TopicKey;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings models from the topic into the slots of the pipelines of this process. One thread of its own reads the topic (no group,
 * only what was committed), fetches what a pointer names, has it admitted, and installs it; stream threads never wait for it. A model
 * that is refused leaves the one in force serving, and the status topic says why. A broker that is away is waited for.
 */
public final class ModelFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long AWAY_MS = 1_000;
    private static final int FETCH_WAIT_MS = 100;
    private static final long CLOSE_MS = 2_000;

    private final FeedSettings settings;
    private final TopicPartition partition;
    private final ModelCache cache;
    private final StatusWriter statuses;
    private final ModelFetch fetch;
    private final List<Following> all;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final LongAdder ignored = new LongAdder();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private Catalogue catalogue = new Catalogue();
    private boolean live;
    private boolean dirty;
    private String lastTrouble = "";
    private final RetryPace retries = new RetryPace(System.nanoTime());

    private ModelFeed(FeedSettings settings, List<Follower> followers) {
        this.settings = settings;
        this.partition = settings.topics().modelsPartition();
        this.cache = new ModelCache(settings.cache());
        this.statuses =
                new StatusWriter(settings.clients().plain(), settings.topics().status());
        this.fetch = new ModelFetch(partition, cache, new References(settings.references()));
        this.all = followers.stream()
                .map(each -> new Following(each, settings, cache, statuses))
                .toList();
        all.forEach(each -> {
            each.follower()
                    .onServed(() -> tasks.add(() -> {
                        each.served();
                        dirty = true; // a shadow waits for the pipeline
                    }));
            each.follower()
                    .onRolledBack((failed, back, reason) -> tasks.add(() -> each.rolledBack(failed, back, reason)));
        });
        this.thread = new Thread(this::run, "limpid-model-feed");
        thread.setDaemon(true);
    }

    /** Starts to read; returns at once. */
    public static ModelFeed start(FeedSettings settings, List<Follower> followers) {
        ModelFeed feed = new ModelFeed(settings, followers);
        feed.thread.start();
        return feed;
    }

    /** Records of the topic that are none of its kinds. */
    public long ignored() {
        return ignored.sum();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void run() {
        try {
            readOn();
        } finally {
            all.forEach(Following::close);
        }
    }

    private void readOn() {
        while (!stopped()) {
            try (Consumer<byte[], byte[]> reader = settings.clients().reader(FETCH_WAIT_MS)) {
                follow(reader);
            } catch (InterruptException e) {
                return; // closed while it waited
            } catch (RuntimeException e) {
                // the broker is away, or something that nobody foresaw: models in force serve on, and this tries again
                trouble(partition.topic() + " cannot be read, trying again: " + e);
                pause();
            }
        }
    }

    /** Logs a trouble once, for it is met again every second. */
    private void trouble(String what) {
        if (!what.equals(lastTrouble)) {
            LOG.warn("{}", what);
        }
        lastTrouble = what;
    }

    private void pause() {
        try {
            if (stop.await(AWAY_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("closed while waiting for the broker");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Consumer<byte[], byte[]> reader) {
        catalogue = new Catalogue();
        live = false;
        dirty = false;
        if (!reader.listTopics(ANSWER).containsKey(partition.topic())) {
            trouble("there is no topic " + partition.topic() + " yet; the first limpid model publish makes it");
            tasks();
            all.forEach(each -> each.follower().caughtUp());
            all.forEach(each -> each.follower().tried());
            pause();
            return;
        }
        reader.assign(List.of(partition));
        long end = reader.endOffsets(List.of(partition), ANSWER).getOrDefault(partition, 0L);
        reader.seekToBeginning(List.of(partition));
        while (!stopped()) {
            tasks();
            statuses.again();
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                dirty |= take(record);
            }
            long position = reader.position(partition, ANSWER);
            if (!live && position >= end) {
                live = true;
                all.forEach(each -> each.follower().caughtUp());
                evaluate(reader, position);
                all.forEach(each -> each.follower().tried());
            } else if (live && ((dirty && reader.currentLag(partition).orElse(0) == 0) || retryDue())) {
                evaluate(reader, position);
            }
            if (live) {
                all.forEach(each -> each.reportShadow(catalogue));
            }
        }
    }

    private void tasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Whether the record changes anything for a follower. */
    private boolean take(ConsumerRecord<byte[], byte[]> record) {
        Optional<TopicKey> key = Catalogue.key(record);
        if (key.isEmpty()) {
            ignored.increment();
            all.forEach(each -> each.follower().count("key"));
            return false;
        }
        TopicKey of = key.get();
        List<Following> concerned = all.stream()
                .filter(each -> each.follower().name().equals(of.name()))
                .toList();
        if (concerned.isEmpty()) {
            return false;
        }
        Optional<String> problem = catalogue.take(of, record.value(), record.offset());
        if (of instanceof TopicKey.OfPointer && record.value() != null) {
            if (problem.isPresent()) {
                concerned.forEach(each -> each.unreadable(problem.get(), live));
            } else {
                Pointer pointer = PointerLayout.decode(record.value());
                concerned.forEach(each -> each.point(pointer, live));
            }
        }
        return true;
    }

    private boolean retryDue() {
        if (all.stream().noneMatch(Following::waiting) || !retries.due(System.nanoTime())) {
            return false;
        }
        all.forEach(Following::retry);
        return true;
    }

    private void evaluate(Consumer<byte[], byte[]> reader, long position) {
        if (dirty) {
            retries.begin(System.nanoTime());
        }
        dirty = false;
        for (Following each : all) {
            each.evaluate(catalogue, (follower, manifest, version) -> open(reader, follower, manifest, version));
        }
        reader.seek(partition, position);
        keepWanted();
    }

    private ModelFile open(
            Consumer<byte[], byte[]> reader, Follower follower, Manifest manifest, Catalogue.Version version)
            throws Refused, IOException {
        long start = System.nanoTime();
        Path file = fetch.fetch(reader, manifest, version);
        long fetched = System.nanoTime();
        try {
            ModelFile admitted = settings.admitting().admit(file, follower.provider(), follower.expected());
            ModelFile model =
                    follower.latency().enforce(admitted, follower.expected().maxWindows());
            LOG.info(
                    "pipeline {}: model {} was fetched in {} ms and admitted in {} ms",
                    follower.pipeline(),
                    manifest.id(),
                    (fetched - start) / 1_000_000,
                    (System.nanoTime() - fetched) / 1_000_000);
            return new ModelFile(
                    new Announced(model.denoiser(), manifest.id()),
                    model.metadata(),
                    model.provider(),
                    model.nanosPerWindow());
        } catch (ModelRefused e) {
            throw new Refused(e.check().label(), String.join("; ", e.problems()), e.passing());
        }
    }

    /** Deletes files that no pointer names any more. */
    private void keepWanted() {
        Set<String> digests = new HashSet<>();
        for (Following each : all) {
            for (String version : each.wanted()) {
                catalogue
                        .version(each.follower().name(), version)
                        .manifest()
                        .ifPresent(manifest -> digests.add(manifest.sha256()));
            }
        }
        cache.retain(digests);
    }

    /** Stops reading; models in force stay so. */
    @Override
    public void close() {
        stop.countDown();
        all.forEach(each -> each.follower().close()); // what is being admitted now is closed when it is done
        try {
            thread.join(CLOSE_MS);
            thread.interrupt();
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        statuses.close();
    }
}
