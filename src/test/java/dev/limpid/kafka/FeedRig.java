package dev.limpid.kafka;

import static org.awaitility.Awaitility.await;

import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.codec.SigningKey;
import dev.limpid.codec.StatusLayout;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TopicKey;
import dev.limpid.model.TrialSpec;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.onnx.TinyModel;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Merging;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SegmentEnd;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Kind;
import dev.limpid.signal.WindowSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Model topics of one test, those who follow them, and those who write to them, well or badly. Chunks are of 100 bytes. */
final class FeedRig implements AutoCloseable {
    static final String NAME = "tiny";
    /** What models of signals are for. */
    static final PipelineSpec SPEC = new PipelineSpec(
            List.of("v"), 0, new WindowSpec(8, 8, 8), 1_000, 1_000, 100_000, Granularity.RECORD, 4, AlertSpec.DEFAULT);

    private static final ShadowSpec SHADOWS =
            new ShadowSpec(1, Optional.empty(), Optional.empty(), Duration.ofMillis(100));
    private static final int CHUNK_BYTES = 100;
    private static final Duration MOST = Duration.ofSeconds(20);

    /** What the models of a rig for tokens know. */
    static final Vocabulary KNOWN = FakeTokens.vocabulary("a", "b", "c");

    private final Kind kind;
    final ModelClients clients;
    final ModelTopics topics;
    private final Path folder;
    private final Consumer<byte[], byte[]> statuses;
    private final Map<String, ModelStatus> last = new TreeMap<>();
    private final Map<String, ShadowStatus> shadows = new TreeMap<>();
    private final List<Instance> instances = new CopyOnWriteArrayList<>();

    FeedRig(String test, Path folder) {
        this(CrashRig.bootstrap(), test, folder);
    }

    FeedRig(String bootstrap, String test, Path folder) {
        this(bootstrap, test, folder, Kind.SIGNAL);
    }

    /** @param kind of 8 samples a window */
    FeedRig(String bootstrap, String test, Path folder, Kind kind) {
        this.kind = kind;
        this.clients = new ModelClients(Map.of("bootstrap.servers", bootstrap));
        this.topics = new ModelTopics(test + ".models", test + ".status");
        this.folder = folder;
        try (Admin admin = clients.admin()) {
            topics.create(admin);
        }
        statuses = clients.reader(20);
        statuses.assign(List.of(topics.statusPartition()));
    }

    /** An instance that follows: what runs before a model comes is called {@code half:1}. */
    final class Instance implements AutoCloseable {
        final String name;
        final Follower follower;
        final ModelTrials trials;
        final ModelSlot slot;
        final ModelFeed feed;
        final boolean fromTopic;
        final Shadow shadow;

        private Instance(String name, TrustedKeys trusted, ShadowSpec shadows) {
            this.name = name;
            follower = new Follower("p", NAME, new Expected("p", 1, 8, 4, kind), Provider.CPU, trusted);
            feed = ModelFeed.start(
                    new FeedSettings(clients, topics, name, folder.resolve(name), Map.of(), FeedRig::openUnchecked),
                    List.of(follower));
            Optional<ModelFile> first = follower.first(MOST);
            fromTopic = first.isPresent();
            trials = new ModelTrials(
                    "p", TrialSpec.DEFAULT, fromTopic ? first.get().denoiser() : new HalvingDenoiser(8, 1));
            slot = trials.slot();
            shadow = new Shadow(spec(), shadows, trials);
            follower.speaking(slot.spec().vocabulary());
            follower.serve(trials, ModelFile::denoiser, shadow);
            instances.add(this);
        }

        String running() {
            return slot.spec().id().name() + ":" + slot.spec().id().version();
        }

        void awaitRunning(String model) {
            await("model " + model).atMost(MOST).until(() -> running().equals(model));
        }

        ModelStatus awaitVerdict(ModelStatus.Verdict verdict, String model) {
            return await(verdict + " of " + model)
                    .atMost(MOST)
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> status(name),
                            status -> status != null
                                    && status.verdict() == verdict
                                    && status.model().startsWith(model));
        }

        Path cache() {
            return folder.resolve(name);
        }

        @Override
        public void close() {
            if (instances.remove(this)) {
                feed.close();
                shadow.close();
                slot.close();
            }
        }
    }

    /** The static checks and the child process have tests of their own. */
    private static ModelFile openUnchecked(Path file, Provider provider, Expected expected) throws ModelRefused {
        return ModelFile.open(file, provider, expected);
    }

    /** What the models of this rig are for. */
    PipelineSpec spec() {
        return kind instanceof Kind.Tokens
                ? SPEC.with(SegmentEnd.RECORD, new Merging.MostConfident(0.3f, 0.99f, KNOWN.ids()))
                : SPEC;
    }

    Instance instance(String name) {
        return instance(name, SHADOWS);
    }

    Instance instance(String name, ShadowSpec shadows) {
        return new Instance(name, TrustedKeys.NONE, shadows);
    }

    Instance instance(String name, SigningKey trusted) {
        return instance(name, trusted, SHADOWS);
    }

    Instance instance(String name, SigningKey trusted, ShadowSpec shadows) {
        TrustedKeys keys = TrustedKeys.of(List.of(TrustedKeys.text(trusted.publicKey())), new ArrayList<>());
        return new Instance(name, keys, shadows);
    }

    private synchronized ModelStatus status(String instance) {
        for (ConsumerRecord<byte[], byte[]> record : statuses.poll(Duration.ofMillis(20))) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (ShadowStatusLayout.isKey(key)) {
                shadows.put(key, ShadowStatusLayout.decode(record.value()));
            } else {
                last.put(key, StatusLayout.decode(record.value()));
            }
        }
        return last.get("p/" + instance + "/" + NAME);
    }

    ShadowStatus awaitShadow(String instance, Predicate<ShadowStatus> wanted) {
        return await("shadow of " + instance)
                .atMost(MOST)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            var unused = status(instance);
                            return shadows.get("p/" + instance + "/" + NAME + "/shadow");
                        },
                        status -> status != null && wanted.test(status));
    }

    /** A model file; even kinds halve, odd ones give back what they get. */
    Path file(int number) throws IOException {
        return Files.write(
                folder.resolve("kind-" + number + ".onnx"),
                times(number % 2 == 0 ? 0.5f : 1).bytes());
    }

    /** {@code clean = factor · x} of what the rig's models are for; of tokens, {@code error = factor · x}. */
    private TinyModel times(float factor) {
        if (kind instanceof Kind.Frame frame) {
            return TinyModel.frames(factor, 1, frame.height(), frame.width(), frame.frames());
        }
        if (kind instanceof Kind.Tokens) {
            return TinyModel.tokens(factor, 8, KNOWN);
        }
        return factor == 1 ? TinyModel.identity(1, 8) : TinyModel.times(factor, 1, 8);
    }

    /** Announces a model as it is. */
    ModelPublisher.Published publish(TinyModel model, String version) throws IOException {
        Path file = Files.write(folder.resolve("as-it-is-" + version + ".onnx"), model.bytes());
        return publisher().publish(offer(file, version), Optional.empty(), false);
    }

    ModelPublisher publisher() {
        return new ModelPublisher(clients, topics, CHUNK_BYTES);
    }

    static ModelPublisher.Offer offer(Path file, String version) {
        return new ModelPublisher.Offer(file, NAME, version, false, Optional.empty(), new TreeMap<>());
    }

    /** Announces {@code clean = factor · x} as a shadow. */
    ModelPublisher.Published shadow(float factor, String version, Optional<SigningKey> key) throws IOException {
        Path file = Files.write(
                folder.resolve("shadow-" + version + ".onnx"), times(factor).bytes());
        return publisher()
                .publish(
                        new ModelPublisher.Offer(file, NAME, version, true, Optional.empty(), new TreeMap<>()),
                        key,
                        false);
    }

    ModelPublisher.Published publish(int kind, String version) throws IOException {
        return publisher().publish(offer(file(kind), version), Optional.empty(), false);
    }

    ModelPublisher.Published publish(int kind, String version, SigningKey key) throws IOException {
        return publisher().publish(offer(file(kind), version), Optional.of(key), false);
    }

    static Pointer pointer(String inForce, long sequence) {
        return new Pointer(
                NAME, Optional.of(inForce), Optional.empty(), Optional.empty(), sequence, 0, Optional.empty());
    }

    /** Writes records as they are, in one go each. */
    void write(String key, byte[] value) {
        try (Producer<byte[], byte[]> producer = clients.plain()) {
            producer.send(new ProducerRecord<>(topics.models(), 0, key.getBytes(StandardCharsets.UTF_8), value));
        }
    }

    static String chunk(String version, int index) {
        return new TopicKey.OfChunk(NAME, version, index).toString();
    }

    @Override
    public void close() {
        List.copyOf(instances).forEach(Instance::close);
        statuses.close();
    }
}
