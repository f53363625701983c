package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.ManifestLayout;
import dev.limpid.codec.PointerLayout;
import dev.limpid.codec.SigningKey;
import dev.limpid.model.Manifest;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelFeedTest {
    private static int count;

    @TempDir
    Path folder;

    private FeedRig rig;

    @BeforeEach
    void topics() {
        rig = new FeedRig("feed" + count++, folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void what_is_published_goes_into_every_slot_and_comes_back_with_the_instance() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        FeedRig.Instance b = rig.instance("b");
        assertThat(a.fromTopic).isFalse();

        // When
        ModelPublisher.Published published = rig.publish(0, "1");

        // Then
        a.awaitRunning("tiny:1");
        b.awaitRunning("tiny:1");
        assertThat(published.manifest().chunks()).isGreaterThan(3);
        ModelStatus status = a.awaitVerdict(Verdict.IN_FORCE, "tiny:1@");
        assertThat(status.inForce()).isEqualTo(published.manifest().id().toString());
        assertThat(status.sequence()).isEqualTo(1);
        assertPrivate(a.cache());

        // When it comes back without the broker's help but for the pointer
        a.close();
        FeedRig.Instance again = rig.instance("a");

        // Then
        assertThat(again.fromTopic).isTrue();
        assertThat(again.running()).isEqualTo("tiny:1");
    }

    @Test
    void a_model_that_failed_its_trial_is_told_of_and_not_tried_again_after_a_restart() throws Exception {
        // Given: one that gives back what it gets
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        a.awaitRunning("tiny:1");
        rig.publish(1, "2");
        a.awaitRunning("tiny:2");

        // When
        WindowBatch batch = new WindowBatch(16, 1, 8);
        while (!batch.full()) {
            batch.x().put(batch.add() * 8, Float.POSITIVE_INFINITY);
        }
        try (ModelSlot.Lease lease = a.slot.lease()) {
            lease.denoiser().denoise(batch, 0, 16, new Reconstruction(16, 1, 8));
        }

        // Then
        assertThat(a.running()).isEqualTo("tiny:1");
        ModelStatus status = a.awaitVerdict(Verdict.ROLLED_BACK, "tiny:2@");
        assertThat(status.inForce()).startsWith("tiny:1@");
        assertThat(status.reason()).contains("16 of its first 16 windows failed or were not finite");

        // When
        a.close();
        FeedRig.Instance again = rig.instance("a");

        // Then
        assertThat(again.running()).isEqualTo("tiny:1");
        rig.publish(0, "3");
        again.awaitRunning("tiny:3");
    }

    private static void assertPrivate(Path cache) throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .matches("rw[x-]------");
            }
        }
    }

    @Test
    void a_refused_model_leaves_the_one_in_force_and_a_start_takes_the_previous_one() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        a.awaitRunning("tiny:1");

        // When
        Path bad = Files.write(folder.resolve("bad.onnx"), new byte[250]);
        rig.publisher().publish(FeedRig.offer(bad, "2"), Optional.empty(), false);

        // Then
        ModelStatus status = a.awaitVerdict(Verdict.REFUSED, "tiny:2");
        assertThat(status.inForce()).startsWith("tiny:1@");
        assertThat(status.check()).isPresent();
        assertThat(status.reason()).isNotEmpty();
        assertThat(a.running()).isEqualTo("tiny:1");
        assertThat(a.follower.refusals().values()).containsExactly(1L);
        FeedRig.Instance fresh = rig.instance("fresh");
        assertThat(fresh.fromTopic).isTrue();
        assertThat(fresh.running()).isEqualTo("tiny:1");
        assertThat(fresh.awaitVerdict(Verdict.REFUSED, "tiny:2").inForce()).startsWith("tiny:1@");
    }

    /** Everything of a version but what the test leaves out. */
    private Manifest announceByHand(String version, SigningKey key, Integer... chunks) throws IOException {
        byte[] bytes = Files.readAllBytes(rig.file(0));
        Manifest unsigned = new Manifest(
                "tiny",
                version,
                ModelPublisher.digest(rig.file(0)),
                bytes.length,
                (bytes.length + 99) / 100,
                100,
                Optional.empty(),
                1,
                new TreeMap<>(),
                Optional.empty());
        for (int index : chunks) {
            rig.write(FeedRig.chunk(version, index), part(bytes, index));
        }
        Manifest manifest = key == null ? unsigned : ManifestLayout.sign(unsigned, key);
        rig.write("tiny/" + version, ManifestLayout.encode(manifest));
        return manifest;
    }

    private static byte[] part(byte[] bytes, int index) {
        return Arrays.copyOfRange(bytes, 100 * index, Math.min(bytes.length, 100 * (index + 1)));
    }

    @Test
    void chunks_may_come_in_any_order_twice_and_late() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        byte[] bytes = Files.readAllBytes(rig.file(0));
        int chunks = (bytes.length + 99) / 100;
        rig.write("tiny", PointerLayout.encode(FeedRig.pointer("1", 1)));
        rig.write("tiny/1/0", new byte[3]);
        for (int i = chunks - 1; i > 1; i--) {
            rig.write(FeedRig.chunk("1", i), part(bytes, i));
        }
        announceByHand("1", null, 0, 2, 0);
        rig.write("tiny/1/nothing", new byte[1]);
        rig.write("", new byte[1]);

        // Then
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny:1@").reason()).contains("1 are missing, 1");
        assertThat(a.running()).isEqualTo("half:1");

        // When
        rig.write(FeedRig.chunk("1", 1), part(bytes, 1));

        // Then
        a.awaitRunning("tiny:1");
        assertThat(a.follower.refusals()).containsEntry("key", 2L);
        assertThat(a.feed.ignored()).isEqualTo(2);
    }

    @Test
    void swapped_chunks_are_a_wrong_digest_and_a_short_one_a_wrong_size() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        byte[] bytes = Files.readAllBytes(rig.file(0));
        Integer[] all =
                Stream.iterate(0, i -> i + 1).limit((bytes.length + 99) / 100).toArray(Integer[]::new);

        // When
        announceByHand("1", null, all);
        rig.write(FeedRig.chunk("1", 0), part(bytes, 1));
        rig.write(FeedRig.chunk("1", 1), part(bytes, 0));
        rig.write("tiny", PointerLayout.encode(FeedRig.pointer("1", 1)));

        // Then
        ModelStatus swapped = a.awaitVerdict(Verdict.REFUSED, "tiny:1@");
        assertThat(swapped.check()).hasValue("digest");

        // When
        announceByHand("2", null, all);
        rig.write(FeedRig.chunk("2", 0), new byte[99]);
        rig.write("tiny", PointerLayout.encode(FeedRig.pointer("2", 2)));

        // Then
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny:2@").check()).hasValue("size");
        try (Stream<Path> left = Files.list(a.cache())) {
            assertThat(left.map(path -> path.getFileName().toString()).toList())
                    .containsExactly("pointer-p-a-tiny.json");
        }
    }

    @Test
    void a_model_by_reference_is_read_from_there_and_its_digest_counts() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        Path file = rig.file(0);
        ModelPublisher.Offer offer = new ModelPublisher.Offer(
                file, "tiny", "1", false, Optional.of(file.toUri().toString()), new TreeMap<>());

        // When
        ModelPublisher.Published published = rig.publisher().publish(offer, Optional.empty(), false);

        // Then
        a.awaitRunning("tiny:1");
        assertThat(published.manifest().chunks()).isZero();

        // When the file is another one than was announced
        Path other = Files.copy(rig.file(1), folder.resolve("other.onnx"));
        rig.publisher()
                .publish(
                        new ModelPublisher.Offer(
                                other,
                                "tiny",
                                "2",
                                false,
                                Optional.of(file.toUri().toString()),
                                new TreeMap<>()),
                        Optional.empty(),
                        false);

        // Then
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny:2").check().orElse("")).matches("digest|size");
        assertThat(a.running()).isEqualTo("tiny:1");
    }

    @Test
    void a_model_slower_than_its_bound_is_refused_and_the_one_in_force_serves_on() throws Exception {
        // Given
        FeedRig.Instance instance = rig.instance("a");
        rig.publish(0, "1");
        instance.awaitRunning("tiny:1");
        instance.follower.within(new LatencyBound(1, "use a smaller model"));

        // When
        rig.publish(1, "2");

        // Then
        ModelStatus status = instance.awaitVerdict(Verdict.REFUSED, "tiny:2");
        assertThat(status.check()).contains("latency");
        assertThat(status.reason()).matches("it takes \\d+ us per window, wanted at most 0; use a smaller model");
        assertThat(instance.running()).isEqualTo("tiny:1");
    }
}
