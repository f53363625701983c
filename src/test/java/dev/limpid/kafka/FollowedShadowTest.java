package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.limpid.codec.ManifestLayout;
import dev.limpid.codec.PointerLayout;
import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.PromoteWhen;
import dev.limpid.model.TopicKey;
import dev.limpid.model.TrialSpec;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.onnx.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an announced shadow, without a broker. The rule wants nothing of a shadow. */
@Timeout(30)
class FollowedShadowTest {
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final ShadowSpec SPEC =
            new ShadowSpec(1, Optional.of(new PromoteWhen(0, 0, 0.5, 0)), Optional.empty(), Duration.ZERO);

    @TempDir
    Path folder;

    private final ModelTrials trials = new ModelTrials("p", TrialSpec.DEFAULT, new HalvingDenoiser(8, 1));
    private final Shadow place = new Shadow(FeedRig.SPEC, SPEC, trials);
    private final Follower follower =
            new Follower("p", FeedRig.NAME, new Expected("p", 1, 8, 4), Provider.CPU, TrustedKeys.NONE);
    private final ModelTopics topics = new ModelTopics("models", "status");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicLong nanos = new AtomicLong();
    private final List<MockConsumer<byte[], byte[]>> readers = new ArrayList<>();
    private final ShadowPromotion promotion = new ShadowPromotion(follower, this::board, this::promote, nanos::get);
    private final Catalogue catalogue = new Catalogue();
    private KeptRollBack rolledBack;
    private FollowedShadow shadow;
    private int opens;
    private int promotions;
    private boolean forbidden;
    private boolean failing;

    @BeforeEach
    void announce() {
        Manifest manifest = new Manifest(
                FeedRig.NAME, "2", SHA, 250, 3, 100, Optional.empty(), 0, new TreeMap<>(), Optional.empty());
        catalogue.take(new TopicKey.OfManifest(FeedRig.NAME, "2"), ManifestLayout.encode(manifest), 0);
        announce(pointer(2));
        follower.serve(trials, ModelFile::denoiser, place);
        rolledBack = new KeptRollBack(new ModelCache(folder), "p-a-tiny");
        shadow = new FollowedShadow(follower, "a", new StatusWriter(producer, "status"), promotion, rolledBack);
    }

    @AfterEach
    void close() {
        shadow.close();
        place.close();
        trials.slot().close();
    }

    private void announce(Pointer pointer) {
        catalogue.take(new TopicKey.OfPointer(FeedRig.NAME), PointerLayout.encode(pointer), 1);
    }

    private static ModelFile open(Path file, Provider provider, Expected expected) throws ModelRefused {
        return ModelFile.open(file, provider, expected);
    }

    private static Pointer pointer(long sequence) {
        return new Pointer(
                FeedRig.NAME, Optional.empty(), Optional.empty(), Optional.of("2"), sequence, 0, Optional.empty());
    }

    private ShadowBoard board() {
        MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
        reader.updateBeginningOffsets(Map.of(topics.statusPartition(), 0L));
        reader.updateEndOffsets(Map.of(topics.statusPartition(), 0L));
        if (forbidden) {
            reader.setPollException(new TopicAuthorizationException(Set.of("status")));
        }
        readers.add(reader);
        return new ShadowBoard(reader, topics);
    }

    private Optional<Pointer> promote(Pointer seen, Optional<SigningKey> key) {
        promotions++;
        if (failing) {
            throw new IllegalStateException("another change of it began meanwhile");
        }
        return Optional.of(pointer(seen.sequence() + 1));
    }

    /** The note of what is told last. */
    private String note() {
        return ShadowStatusLayout.decode(
                        producer.history().get(producer.history().size() - 1).value())
                .note();
    }

    private ModelFile model() throws IOException {
        Path file = Files.write(
                folder.resolve("shadow.onnx"), TinyModel.times(0.6f, 1, 8).bytes());
        try {
            return open(file, follower.provider(), follower.expected());
        } catch (ModelRefused e) {
            throw new AssertionError(e);
        }
    }

    private Optional<FollowedShadow.Outcome> evaluate() {
        return shadow.evaluate(pointer(2), catalogue, (follower, manifest, version) -> {
            opens++;
            return model();
        });
    }

    @Test
    void a_shadow_runs_though_the_broker_went_away_while_it_was_fetched() {
        // Given
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> shadow.evaluate(pointer(2), catalogue, (follower, manifest, version) -> {
                    throw new TimeoutException("chunk 1 does not come");
                }));

        // When
        Optional<FollowedShadow.Outcome> outcome = evaluate();

        // Then it is fetched, once
        assertThat(outcome)
                .hasValueSatisfying(each -> assertThat(each.refused()).isNull());
        assertThat(place.found()).isPresent();
        assertThat(evaluate()).isEmpty();
        assertThat(opens).isEqualTo(1);
    }

    @Test
    void a_shadow_that_is_refused_is_told_of_once() {
        // When
        Optional<FollowedShadow.Outcome> outcome =
                shadow.evaluate(pointer(2), catalogue, (follower, manifest, version) -> {
                    throw new Refused("digest", "another file", false);
                });

        // Then
        assertThat(outcome)
                .hasValueSatisfying(each ->
                        assertThat(each.refused()).extracting(Refused::check).isEqualTo("digest"));
        assertThat(evaluate()).isEmpty();
        assertThat(opens).isZero();
    }

    @Test
    void where_the_status_topic_may_not_be_read_the_shadow_is_told_of_and_not_promoted_until_it_may() {
        // Given
        evaluate();
        forbidden = true;

        // When
        shadow.report(catalogue);

        // Then
        assertThat(note())
                .startsWith("not promoted: what the instances found cannot be read: ")
                .contains("[status]", "promote-when needs READ");
        assertThat(readers).allMatch(MockConsumer::closed);
        assertThat(promotions).isZero();

        // When
        forbidden = false;
        shadow.report(catalogue);

        // Then
        assertThat(note()).isEqualTo("promoted by this instance with pointer 3");
        assertThat(promotions).isOne();
    }

    @Test
    void a_promotion_that_failed_is_tried_again_a_minute_later_and_no_sooner() {
        // Given
        evaluate();
        failing = true;
        shadow.report(catalogue);

        // When
        for (int i = 0; i < 6; i++) {
            assertThat(note()).isEqualTo("not promoted: another change of it began meanwhile");
            nanos.addAndGet(Duration.ofMillis(9_999).toNanos());
            shadow.report(catalogue);
        }

        // Then
        assertThat(promotions).isOne();

        // When
        failing = false;
        nanos.addAndGet(Duration.ofMillis(6).toNanos());
        shadow.report(catalogue);

        // Then
        assertThat(promotions).isEqualTo(2);
        assertThat(note()).isEqualTo("promoted by this instance with pointer 3");
    }

    @Test
    void a_pointer_that_is_not_the_announced_one_any_more_is_not_built_on() {
        // Given
        evaluate();
        announce(pointer(3));

        // When
        shadow.report(catalogue);

        // Then
        assertThat(note()).isEqualTo("not promoted: the pointer was changed meanwhile");
        assertThat(promotions).isZero();
    }

    @Test
    void a_version_that_was_rolled_back_here_does_not_come_back_as_a_shadow() {
        // Given: pointer 1 put it in force, pointer 2 another
        Pointer first = FeedRig.pointer("2", 1);
        rolledBack.keep(KeptRollBackTest.rolledBack("too slow"), 1);
        rolledBack.point(first, FeedRig.pointer("1", 2));
        KeptRollBack afterRestart = new KeptRollBack(new ModelCache(folder), "p-a-tiny");

        // When
        Optional<FollowedShadow.Outcome> outcome = evaluate();

        // Then
        assertThat(outcome.orElseThrow().refused())
                .hasMessage("it was rolled back here: too slow; publish a better one")
                .extracting(Refused::check)
                .isEqualTo(KeptRollBack.TRIAL);
        assertThat(place.found()).isEmpty();
        assertThat(evaluate()).isEmpty();
        assertThat(opens).isZero();
        assertThat(afterRestart.of("tiny:2@0123456789ab")).isPresent();
        assertThat(afterRestart.of("tiny:3@0123456789ab")).isEmpty();
        assertThat(afterRestart.under(FeedRig.pointer("2", 3))).isEmpty();
    }
}
