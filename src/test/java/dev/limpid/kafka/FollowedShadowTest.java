package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.limpid.codec.ManifestLayout;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an announced shadow, without a broker: {@code tiny:1} is in force, {@code tiny:2} its shadow. */
@Timeout(30)
class FollowedShadowTest {
    private static final String SHA = "0123456789abcdef".repeat(4);
    private static final ShadowSpec SPEC =
            new ShadowSpec(1, Optional.empty(), Optional.empty(), Duration.ofSeconds(10));

    @TempDir
    Path folder;

    private final ModelTrials trials = new ModelTrials("p", TrialSpec.DEFAULT, new HalvingDenoiser(8, 1));
    private final Shadow place = new Shadow(FeedRig.SPEC, SPEC, trials);
    private final Follower follower =
            new Follower("p", FeedRig.NAME, new Expected("p", 1, 8, 4), Provider.CPU, TrustedKeys.NONE);
    private final Catalogue catalogue = new Catalogue();
    private FollowedShadow shadow;
    private int opens;

    @BeforeEach
    void announce() {
        Manifest manifest = new Manifest(
                FeedRig.NAME, "2", SHA, 250, 3, 100, Optional.empty(), 0, new TreeMap<>(), Optional.empty());
        catalogue.take(new TopicKey.OfManifest(FeedRig.NAME, "2"), ManifestLayout.encode(manifest), 0);
        follower.serve(trials, ModelFile::denoiser, place);
        FeedSettings settings = new FeedSettings(
                new ModelClients(Map.of()),
                new ModelTopics("models", "status"),
                "a",
                folder,
                Map.of(),
                FollowedShadowTest::open);
        StatusWriter statuses = new StatusWriter(
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()), "status");
        shadow = new FollowedShadow(follower, settings, statuses);
    }

    @AfterEach
    void close() {
        shadow.close();
        place.close();
        trials.slot().close();
    }

    private static ModelFile open(Path file, Provider provider, Expected expected) throws ModelRefused {
        return ModelFile.open(file, provider, expected);
    }

    private static Pointer pointer(long sequence) {
        return new Pointer(
                FeedRig.NAME, Optional.of("1"), Optional.empty(), Optional.of("2"), sequence, 0, Optional.empty());
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
}
