package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.demo.tokens.ShopTrainingFile;
import dev.limpid.model.Denoiser;
import dev.limpid.model.Reason;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By what sessions stand out that something was done to, as the shipped models of tokens say it. */
class ShippedReasonTest {
    private static final int LENGTH = 48;
    private static final int SESSIONS = 200;
    /** All but what rounding makes of it. */
    private static final float ALL = 1 - 1e-5f;

    @TempDir
    private Path folder;

    /** By what the last sessions of a file stand out, each after the same was done to it; those that do not are left out. */
    private static Map<Reason, Integer> reasons(String name, Path data, Consumer<List<String>> change)
            throws Exception {
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        Reconstruction out = said(name, data, change);
        for (int i = 0; i < SESSIONS; i++) {
            if (out.score().get(i) > 1) {
                reasons.merge(Reason.of(out.reason().get(i)), 1, Integer::sum);
            }
        }
        return reasons;
    }

    /** In how many of those that stand out by a reason more than a share of what contributes lies between two places. */
    private static int between(
            String name, Path data, Consumer<List<String>> change, Reason reason, float share, int from, int to)
            throws Exception {
        Reconstruction out = said(name, data, change);
        int count = 0;
        for (int i = 0; i < SESSIONS; i++) {
            float sum = 0;
            for (int place = from; place < to; place++) {
                sum += out.contribution().get(i * LENGTH + place);
            }
            boolean stands = out.score().get(i) > 1 && Reason.of(out.reason().get(i)) == reason;
            count += stands && sum > share ? 1 : 0;
        }
        return count;
    }

    private static Reconstruction said(String name, Path data, Consumer<List<String>> change) throws Exception {
        List<String> lines = Files.readAllLines(data);
        WindowBatch batch = new WindowBatch(SESSIONS, 1, LENGTH);
        Reconstruction out = new Reconstruction(SESSIONS, 1, LENGTH);
        try (Denoiser denoiser = ModelFile.open(
                        Files.readAllBytes(Path.of("models/" + name + ".onnx")),
                        name,
                        Provider.CPU,
                        new Expected(name, 1, LENGTH, SESSIONS, Kind.TOKENS))
                .denoiser()) {
            for (String line : lines.subList(lines.size() - SESSIONS, lines.size())) {
                List<String> session = new ArrayList<>(List.of(line.strip().split(" +")));
                change.accept(session);
                int at = batch.add() * LENGTH;
                for (int i = 0; i < LENGTH; i++) {
                    boolean end = i >= session.size();
                    batch.x().put(at + i, end ? 0 : denoiser.spec().vocabulary().id(session.get(i)));
                }
            }
            denoiser.denoise(batch, 0, SESSIONS, out);
        }
        return out;
    }

    private static void renameOne(List<String> session) {
        session.set(session.size() / 2, "never seen");
    }

    private static void renameThird(List<String> session) {
        session.set(2, "never seen");
    }

    private static void repeat(List<String> session) {
        List<String> once = List.copyOf(session);
        while (session.size() < LENGTH) {
            session.addAll(once);
        }
    }

    private static void repeatFirst(List<String> session) {
        session.addAll(0, Collections.nCopies(10, session.get(0)));
    }

    private static void shuffle(List<String> session) {
        Collections.shuffle(session, new Random(session.size()));
    }

    @Test
    void a_log_session_stands_out_by_what_was_done_to_it() throws Exception {
        Path data = Path.of("../shared/data/hdfs_tokens/train_normal.txt");
        assumeTrue(Files.exists(data), "skipped: no " + data + " beside the checkout");

        assertThat(reasons("hdfs", data, session -> {})).isEmpty();
        assertThat(reasons("hdfs", data, ShippedReasonTest::renameOne)).containsOnly(Map.entry(Reason.NEW_TOKEN, 200));
        assertThat(reasons("hdfs", data, ShippedReasonTest::repeat)).containsOnly(Map.entry(Reason.LENGTH, 200));
        assertThat(reasons("hdfs", data, ShippedReasonTest::repeatFirst).get(Reason.COUNTS))
                .isGreaterThan(190);
        assertThat(reasons("hdfs", data, ShippedReasonTest::shuffle))
                .containsOnlyKeys(Reason.UNLIKELY_TOKEN, Reason.UNLIKELY_OVERALL);
    }

    @Test
    void and_says_which_of_its_events_it_stands_out_by() throws Exception {
        Path data = Path.of("../shared/data/hdfs_tokens/train_normal.txt");
        assumeTrue(Files.exists(data), "skipped: no " + data + " beside the checkout");

        assertThat(between("hdfs", data, ShippedReasonTest::renameThird, Reason.NEW_TOKEN, ALL, 2, 3))
                .isEqualTo(200);
        // the longest session of training has 42
        assertThat(between("hdfs", data, ShippedReasonTest::repeat, Reason.LENGTH, ALL, 42, LENGTH))
                .isEqualTo(200);
        // the event that was put in ten times came later, too
        assertThat(between("hdfs", data, ShippedReasonTest::repeatFirst, Reason.COUNTS, 0.7f, 0, 11))
                .isGreaterThan(190);
    }

    @Test
    void so_does_a_visit_to_the_shop() throws Exception {
        ShopTrainingFile.write(folder);
        Path data = folder.resolve("visits.txt");

        assertThat(reasons("shop", data, session -> {})).isEmpty();
        assertThat(reasons("shop", data, ShippedReasonTest::renameOne).get(Reason.NEW_TOKEN))
                .isGreaterThan(180);
        assertThat(between("shop", data, ShippedReasonTest::renameThird, Reason.NEW_TOKEN, ALL, 2, 3))
                .isGreaterThan(180);
        assertThat(reasons("shop", data, ShippedReasonTest::shuffle)).containsOnlyKeys(Reason.UNLIKELY_OVERALL);
    }

    @Test
    void each_check_has_its_reason() {
        Map<Check, Reason> reasons = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            reasons.put(check, Reason.of(check.place()));
        }

        assertThat(reasons)
                .isEqualTo(Map.of(
                        Check.SURPRISE, Reason.UNLIKELY_TOKEN,
                        Check.MEAN_SURPRISE, Reason.UNLIKELY_OVERALL,
                        Check.UNKNOWN, Reason.NEW_TOKEN,
                        Check.LENGTH, Reason.LENGTH,
                        Check.COUNTS, Reason.COUNTS));
    }
}
