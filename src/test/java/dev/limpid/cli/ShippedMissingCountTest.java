package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.demo.tokens.ShopTrainingFile;
import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.TokenWindows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the shipped models of tokens tell of gaps of one to three tokens in the last tenth of the sessions of training, which decided only when
 * to stop: how many are missing. Chance is a third.
 */
class ShippedMissingCountTest {
    private static final int LENGTH = 48;
    private static final int BATCH = 64;
    private static final int ROUNDS = 4;
    private static final int MOST = 3;

    @TempDir
    private Path folder;

    /** A window with a gap before {@code place}, where {@code missing} tokens are gone. */
    private record Gap(int[] ids, int place, int missing) {
        /** The one before the gap is masked, if {@code mask}. */
        static Gap drawn(int[] window, int size, boolean mask, SplittableRandom random) {
            int missing = 1 + random.nextInt(MOST);
            int gone = mask ? missing + 1 : missing;
            int from = 1 + random.nextInt(size - gone - 1);
            int[] ids = new int[LENGTH];
            System.arraycopy(window, 0, ids, 0, from);
            ids[from] = Kind.Tokens.MASKED;
            int place = mask ? from + 1 : from;
            System.arraycopy(window, from + gone, ids, place, size - from - gone);
            return new Gap(ids, place, missing);
        }
    }

    /**
     * What was told.
     *
     * @param right share of the gaps told with their length
     * @param reported share of them with a probability above 0.5
     * @param rightly share of those told with their length
     */
    private record Told(double right, double reported, double rightly) {}

    @Test
    void hdfs_behind_a_mask_more_often_than_by_chance() throws Exception {
        Path data = Path.of("../shared/data/hdfs_tokens/train_normal.txt");
        assumeTrue(Files.exists(data), "skipped: no " + data + " beside the checkout");

        assertThat(told("hdfs", data, true).right()).isGreaterThan(0.55);
        assertThat(told("hdfs", data, false).right()).isGreaterThan(0.3);
    }

    @Test
    void shop_about_as_often_as_by_chance() throws Exception {
        ShopTrainingFile.write(folder);
        Path data = folder.resolve("visits.txt");

        assertThat(told("shop", data, true).right()).isGreaterThan(0.3);
        assertThat(told("shop", data, false).right()).isGreaterThan(0.3);
    }

    private static Told told(String name, Path data, boolean mask) throws Exception {
        Sessions all = Sessions.of(List.of(SessionFile.read(data, new ArrayList<>())));
        TokenWindows windows =
                new TokenWindows(all.slice((int) Math.round(0.9 * all.size()), all.size()), LENGTH, LENGTH / 2);
        List<Gap> gaps = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS * windows.size(); i++) {
            int[] window = windows.at(i % windows.size());
            int size = 0;
            while (size < LENGTH && window[size] != Kind.Tokens.PADDING) {
                size++;
            }
            if (size > MOST + 3) {
                gaps.add(Gap.drawn(window, size, mask, random));
            }
        }
        Expected any = new Expected(name, 1, LENGTH, BATCH, Kind.TOKENS).with(all.vocabulary());
        try (Denoiser denoiser = ModelFile.open(
                        Files.readAllBytes(Path.of("models/" + name + ".onnx")), name, Provider.CPU, any)
                .denoiser()) {
            Told told = told(denoiser, gaps);
            System.out.printf(
                    "%s, %d gaps of 1 to %d tokens%s: %.1f %% told with their length; %.1f %% reported, %.1f %% of these with their length%n",
                    name,
                    gaps.size(),
                    MOST,
                    mask ? " behind a mask" : " without a trace",
                    100 * told.right(),
                    100 * told.reported(),
                    100 * told.rightly());
            return told;
        }
    }

    private static Told told(Denoiser denoiser, List<Gap> gaps) throws Exception {
        WindowBatch batch = new WindowBatch(BATCH, 1, LENGTH);
        Reconstruction out = new Reconstruction(BATCH, 1, LENGTH);
        int right = 0;
        int reported = 0;
        int rightly = 0;
        for (int from = 0; from < gaps.size(); from += BATCH) {
            List<Gap> some = gaps.subList(from, Math.min(gaps.size(), from + BATCH));
            batch.clear();
            for (Gap gap : some) {
                int at = batch.add() * LENGTH;
                for (int i = 0; i < LENGTH; i++) {
                    batch.x().put(at + i, gap.ids()[i]);
                }
            }
            denoiser.denoise(batch, 0, batch.size(), out);
            for (int i = 0; i < some.size(); i++) {
                int place = i * LENGTH + some.get(i).place();
                boolean told = out.missingCount().get(place) == some.get(i).missing();
                boolean likely = out.missingBefore().get(place) > 0.5f;
                right += told ? 1 : 0;
                reported += likely ? 1 : 0;
                rightly += told && likely ? 1 : 0;
            }
        }
        return new Told(
                right / (double) gaps.size(),
                reported / (double) gaps.size(),
                reported == 0 ? 0 : rightly / (double) reported);
    }
}
