package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.limpid.codec.PointerLayout;
import dev.limpid.codec.SigningKey;
import dev.limpid.model.Manifest;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.Pointer;
import dev.limpid.model.TopicKey;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelChangesTest {
    private static int count;

    @TempDir
    Path folder;

    private FeedRig rig;

    @BeforeEach
    void topics() {
        rig = new FeedRig("changes" + count++, folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_rollback_is_one_more_pointer() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        rig.publish(1, "2");
        a.awaitRunning("tiny:2");

        // When
        new ModelDesk(rig.clients, rig.topics).rollback("tiny", Optional.empty(), Optional.empty(), false);

        // Then
        a.awaitRunning("tiny:1");
        assertThat(a.awaitVerdict(Verdict.IN_FORCE, "tiny:1").sequence()).isEqualTo(3);
    }

    @Test
    void a_promotion_by_rule_leaves_a_publish_in_progress_alone() throws Exception {
        // Given
        rig.publish(0, "1");
        rig.shadow(0.6f, "2", Optional.empty());
        ModelDesk desk = new ModelDesk(rig.clients, rig.topics);
        Pointer seen = desk.list().get(0).pointer().orElseThrow();
        String name = "tiny";
        ModelChange.make(rig.clients, rig.topics, name, 0, false, publish -> {
            publish.send(new TopicKey.OfChunk(name, "3", 0), new byte[100]);
            await().until(() -> ModelChange.inProgress(rig.clients, rig.topics, name));

            // When
            return assertThatIllegalStateException()
                    .isThrownBy(() -> desk.promoteShadow(seen, Optional.empty()))
                    .withMessage("another change of tiny is in progress");
        });

        // Then
        assertThat(desk.promoteShadow(seen, Optional.empty())).isPresent();
    }

    @Test
    void only_what_a_trusted_key_signed_counts_and_no_pointer_comes_twice() throws Exception {
        // Given
        SigningKey key = SigningKey.generate();
        SigningKey stranger = SigningKey.generate();
        FeedRig.Instance a = rig.instance("a", key);
        rig.publish(0, "1", key);
        a.awaitRunning("tiny:1");
        byte[] old = PointerLayout.encode(PointerLayout.sign(FeedRig.pointer("1", 1), key));

        // When a stranger publishes, then somebody without a key
        rig.publish(1, "2", stranger);
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny (pointer)").reason())
                .contains("signed by key " + stranger.keyId());
        rig.publish(1, "3");
        await().until(() ->
                a.awaitVerdict(Verdict.REFUSED, "tiny (pointer)").reason().contains("it is not signed"));

        // When the pointer is signed, but the manifest is not
        rig.write("tiny", PointerLayout.encode(PointerLayout.sign(FeedRig.pointer("3", 7), key)));
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny:3").check()).hasValue("signature");

        // When an old pointer is replayed, and one of the same number says something else
        rig.write("tiny", old);
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny (pointer)").reason())
                .contains("sequence 1, wanted more than 7");
        rig.write("tiny", PointerLayout.encode(PointerLayout.sign(FeedRig.pointer("2", 7), key)));
        await().until(() ->
                a.awaitVerdict(Verdict.REFUSED, "tiny (pointer)").reason().contains("another content"));

        // Then
        assertThat(a.running()).isEqualTo("tiny:1");
        assertThat(a.follower.refusals()).containsOnlyKeys("signature", "sequence");
    }

    @Test
    void after_a_restart_a_replayed_pointer_is_still_known_as_one() throws Exception {
        // Given
        rig.publish(0, "1");
        rig.publish(1, "2");
        rig.instance("a").close();
        rig.write("tiny", PointerLayout.encode(FeedRig.pointer("1", 1)));

        // When
        FeedRig.Instance a = rig.instance("a");

        // Then
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny (pointer)").check()).hasValue("sequence");
        assertThat(a.running()).isEqualTo("tiny:2");
    }

    @Test
    void a_publish_that_dies_on_its_way_is_never_seen_and_the_next_one_is() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        Producer<byte[], byte[]> dying = rig.clients.transactional(rig.topics.models() + "/tiny", 60_000);
        dying.initTransactions();
        dying.beginTransaction();
        for (String recordKey : List.of("tiny/1/0", "tiny/1", "tiny")) {
            dying.send(new ProducerRecord<>(rig.topics.models(), 0, recordKey.getBytes(), new byte[] {1}))
                    .get();
        }

        // When
        rig.publish(1, "1");

        // Then
        a.awaitRunning("tiny:1");
        assertThat(a.follower.refusals()).isEmpty();
        dying.close(Duration.ZERO);
    }

    @Test
    void versions_are_never_rewritten_and_gc_keeps_three_and_those_pointed_to() throws Exception {
        // Given
        ModelDesk desk = new ModelDesk(rig.clients, rig.topics);
        for (String version : List.of("1", "2", "3", "4", "5", "6")) {
            rig.publish(0, version);
        }
        rig.publish(1, "7");
        desk.rollback("tiny", Optional.of("2"), Optional.empty(), false);

        // Then
        assertThat(rig.publish(1, "7").written()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.publish(0, "7"))
                .withMessageContaining("versions are never rewritten: choose another --version");
        assertThat(desk.rollback("tiny", Optional.of("7"), Optional.empty(), false))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> desk.promote("tiny", Optional.of("8"), Optional.empty(), false))
                .withMessageContaining("announced are [1, 2, 3, 4, 5, 6, 7]");

        // When
        assertThat(desk.gc("tiny", true)).containsExactly("4", "3", "1");
        List<String> removed = desk.gc("tiny", false);

        // Then
        assertThat(removed).containsExactly("4", "3", "1");
        ModelDesk.Model model = desk.list().get(0);
        assertThat(model.versions()).extracting(ModelDesk.Version::version).containsExactly("7", "6", "5", "2");
        assertThat(model.versions()).extracting(ModelDesk.Version::problem).containsOnly("");
        assertThat(rig.instance("a").running()).isEqualTo("tiny:7");
    }

    @Test
    void a_shadow_takes_nothing_out_of_force_and_is_promoted_by_hand() throws Exception {
        // Given
        ModelDesk desk = new ModelDesk(rig.clients, rig.topics);
        rig.publish(0, "1");
        ModelPublisher.Offer shadow =
                new ModelPublisher.Offer(rig.file(1), "tiny", "2", true, Optional.empty(), new TreeMap<>());

        // When
        Pointer pointer = rig.publisher()
                .publish(shadow, Optional.empty(), false)
                .pointer()
                .orElseThrow();

        // Then
        assertThat(pointer.inForce()).hasValue("1");
        assertThat(pointer.shadow()).hasValue("2");
        Pointer promoted =
                desk.promote("tiny", Optional.empty(), Optional.empty(), false).orElseThrow();
        assertThat(promoted)
                .isEqualTo(new Pointer(
                        "tiny",
                        Optional.of("2"),
                        Optional.of("1"),
                        Optional.empty(),
                        3,
                        promoted.changedMs(),
                        Optional.empty()));
    }

    @Test
    void what_is_too_large_is_refused_with_its_size_and_the_limit() throws Exception {
        // Given
        Path large = folder.resolve("large.onnx");
        try (FileChannel out = FileChannel.open(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(new byte[1]), Manifest.MAX_BYTES); // a hole: no disk is used
        }
        try (Admin admin = rig.clients.admin()) {
            admin.createTopics(List.of(new NewTopic("narrow", 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "100000"))))
                    .all()
                    .get();
        }
        ModelPublisher narrow = new ModelPublisher(rig.clients, new ModelTopics("narrow", rig.topics.status()));

        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.publisher().publish(FeedRig.offer(large, "1"), Optional.empty(), false))
                .withMessageContaining("has 536870913 bytes, a model at most 536870912");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> narrow.publish(FeedRig.offer(rig.file(0), "1"), Optional.empty(), false))
                .withMessageContaining("takes records up to max.message.bytes=100000; set that to 528384 or more");
    }

    @Test
    void a_dry_run_writes_nothing() throws Exception {
        assertThat(rig.publisher()
                        .publish(FeedRig.offer(rig.file(0), "1"), Optional.empty(), true)
                        .written())
                .isTrue();
        assertThat(new ModelDesk(rig.clients, rig.topics).list()).isEmpty();
    }
}
