package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.codec.SigningKey;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.Pointer;
import dev.limpid.model.PromoteWhen;
import dev.limpid.model.ShadowStatus;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shadows by topic, on a broker: the model in force, {@code tiny:1}, keeps half of each value. */
@Timeout(60)
class ShadowFeedTest {
    private static final PromoteWhen RULE = new PromoteWhen(100, 0, 0.5, 0);
    private static int count;

    @TempDir
    Path folder;

    private FeedRig rig;

    @BeforeEach
    void topics() {
        rig = new FeedRig("shadows" + count++, folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static ShadowSpec spec(Optional<PromoteWhen> rule, Optional<SigningKey> key) {
        return new ShadowSpec(1, rule, key, Duration.ofMillis(100));
    }

    /** Runs windows of four series through the pipeline of an instance, and gives its scores. */
    private static List<WindowScore> feed(FeedRig.Instance instance, int windows) {
        List<WindowScore> scores = new ArrayList<>();
        Pipeline<Integer> pipeline =
                new Pipeline<>(FeedRig.SPEC, instance.slot, new MemoryStore<>(), new Scores(scores), instance.shadow);
        Random random = new Random(1);
        for (int i = 0; i < 8 * windows; i++) {
            Block block = new Block(1);
            block.begin(1_000 + i);
            block.add(1 + random.nextFloat());
            pipeline.accept(SeriesKey.of("s" + i % 4), i, block);
        }
        pipeline.flush();
        return scores;
    }

    private record Scores(List<WindowScore> all) implements Emitter<Integer> {
        @Override
        public void record(SeriesKey series, Integer record, CleanedBlock block) {}

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {}

        @Override
        public void score(SeriesKey series, WindowScore score) {
            all.add(score);
        }

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }

    private FeedRig.Instance running(FeedRig.Instance instance) throws Exception {
        rig.publish(0, "1");
        instance.awaitRunning("tiny:1");
        return instance;
    }

    @Test
    void a_shadow_is_compared_told_of_and_changes_nothing_until_it_is_promoted_by_hand() throws Exception {
        // Given
        FeedRig.Instance a = running(rig.instance("a"));
        List<WindowScore> alone = feed(a, 200);

        // When
        rig.shadow(0.75f, "2", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:2@");
        List<WindowScore> beside = feed(a, 200);

        // Then
        assertThat(beside).isEqualTo(alone).hasSize(200);
        ShadowStatus status = rig.awaitShadow("a", each -> each.compared().windows() == 200);
        assertThat(status.running()).isTrue();
        assertThat(status.inForce()).startsWith("tiny:1@");
        assertThat(status.shadow()).startsWith("tiny:2@");
        assertThat(status.sequence()).isEqualTo(2);
        assertThat(status.note()).isEmpty();
        assertThat(status.compared().shadow().error()
                        / status.compared().inForce().error())
                .isCloseTo(0.5, within(1e-6));
        assertThat(a.running()).isEqualTo("tiny:1");

        // When
        new ModelDesk(rig.clients, rig.topics).promote("tiny", Optional.empty(), Optional.empty(), false);

        // Then
        a.awaitRunning("tiny:2");
        ShadowStatus last = rig.awaitShadow("a", each -> !each.running());
        assertThat(last.note()).isEqualTo("ended: promoted");
        assertThat(last.compared().windows()).isEqualTo(200);
        assertThat(a.shadow.found()).isEmpty();
        ModelDesk.Model model = new ModelDesk(rig.clients, rig.topics).list().get(0);
        assertThat(model.shadows()).containsExactly(last);
        assertThat(model.instances()).hasSize(1);
    }

    @Test
    void the_rule_never_promotes_a_worse_one_or_one_that_cleans_nothing_but_a_better_one() throws Exception {
        // Given
        FeedRig.Instance a = running(rig.instance("a", spec(Optional.of(RULE), Optional.empty())));
        rig.shadow(0.45f, "2", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:2@");

        // When
        feed(a, 96);

        // Then
        assertThat(rig.awaitShadow("a", each -> each.compared().windows() == 96).note())
                .isEqualTo("not promoted: 96 of 100 windows compared");
        feed(a, 104);
        String worse =
                rig.awaitShadow("a", each -> each.compared().windows() == 200).note();
        assertThat(worse).contains("is worse by 10.0 % than", "wanted at most 0.0 %");

        // When
        rig.shadow(1, "3", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:3@");
        feed(a, 200);

        // Then
        String nothing = rig.awaitShadow(
                        "a",
                        each -> each.shadow().startsWith("tiny:3@")
                                && each.compared().windows() == 200)
                .note();
        assertThat(nothing).contains("is lower by 100.0 %", "a model that cleans nothing has none");
        assertThat(a.running()).isEqualTo("tiny:1");

        // When
        rig.shadow(0.6f, "4", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:4@");
        feed(a, 200);

        // Then
        a.awaitRunning("tiny:4");
        Pointer pointer =
                new ModelDesk(rig.clients, rig.topics).list().get(0).pointer().orElseThrow();
        assertThat(pointer.inForce()).hasValue("4");
        assertThat(pointer.previous()).hasValue("1");
        assertThat(pointer.shadow()).isEmpty();
        assertThat(pointer.sequence()).isEqualTo(5);
    }

    @Test
    void what_two_instances_found_counts_together_and_promotes_once() throws Exception {
        // Given: neither alone has enough windows
        ShadowSpec spec = spec(Optional.of(RULE), Optional.empty());
        FeedRig.Instance a = running(rig.instance("a", spec));
        FeedRig.Instance b = running(rig.instance("b", spec));
        rig.shadow(0.6f, "2", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:2@");
        b.awaitVerdict(Verdict.SHADOW, "tiny:2@");

        // When
        feed(a, 60);
        rig.awaitShadow("a", each -> each.note().equals("not promoted: 60 of 100 windows compared"));
        feed(b, 60);

        // Then
        a.awaitRunning("tiny:2");
        b.awaitRunning("tiny:2");
        rig.awaitShadow("a", each -> each.note().equals("ended: promoted"));
        rig.awaitShadow("b", each -> each.note().equals("ended: promoted"));
        assertThat(new ModelDesk(rig.clients, rig.topics)
                        .list()
                        .get(0)
                        .pointer()
                        .orElseThrow()
                        .sequence())
                .isEqualTo(3);
    }

    @Test
    void a_bad_shadow_is_refused_like_any_model_and_the_model_in_force_is_not_concerned() throws Exception {
        // Given
        FeedRig.Instance a = running(rig.instance("a"));

        // When
        Path bad = Files.write(folder.resolve("bad.onnx"), new byte[250]);
        rig.publisher()
                .publish(
                        new ModelPublisher.Offer(bad, "tiny", "2", true, Optional.empty(), new TreeMap<>()),
                        Optional.empty(),
                        false);

        // Then
        assertThat(a.awaitVerdict(Verdict.REFUSED, "tiny:2").inForce()).startsWith("tiny:1@");
        assertThat(a.shadow.found()).isEmpty();
        assertThat(a.running()).isEqualTo("tiny:1");

        // When a better one comes, the instance begins again, and is there
        rig.shadow(0.6f, "3", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:3@");
        a.close();
        rig.awaitShadow("a", each -> each.note().equals("ended: the instance stopped"));
        FeedRig.Instance again = rig.instance("a");

        // Then
        assertThat(again.running()).isEqualTo("tiny:1");
        rig.awaitShadow("a", each -> each.running() && each.shadow().startsWith("tiny:3@"));
        assertThat(again.shadow.found()).isPresent();

        // When
        ModelDesk desk = new ModelDesk(rig.clients, rig.topics);
        Pointer pointer = desk.withdraw("tiny", Optional.empty(), false).orElseThrow();

        // Then
        assertThat(pointer.shadow()).isEmpty();
        assertThat(pointer.inForce()).hasValue("1");
        rig.awaitShadow("a", each -> each.note().equals("ended: no longer announced"));
        assertThat(again.running()).isEqualTo("tiny:1");
        assertThat(desk.withdraw("tiny", Optional.empty(), false)).isEmpty();
    }

    @Test
    void where_pointers_are_signed_a_rule_promotes_with_the_instance_s_key_or_asks_for_it() throws Exception {
        // Given
        SigningKey key = SigningKey.generate();
        FeedRig.Instance a = rig.instance("a", key, spec(Optional.of(RULE), Optional.empty()));
        rig.publish(0, "1", key);
        a.awaitRunning("tiny:1");
        rig.shadow(0.6f, "2", Optional.of(key));
        a.awaitVerdict(Verdict.SHADOW, "tiny:2@");

        // When
        feed(a, 200);

        // Then
        rig.awaitShadow("a", each -> each.note().startsWith("it may be promoted, but pointers are to be signed"));
        assertThat(a.running()).isEqualTo("tiny:1");

        // When
        a.close();
        FeedRig.Instance again = rig.instance("a", key, spec(Optional.of(RULE), Optional.of(key)));
        rig.awaitShadow("a", each -> each.running() && each.compared().windows() == 0);
        feed(again, 200);

        // Then
        again.awaitRunning("tiny:2");
    }
}
