package dev.limpid.eval;

import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Frames to look at, from the one that was cleaned best to the worst, evenly over their ranks. All of them {@code [channel][row][column]}.
 *
 * @param noisy as they came, NaN where missing
 * @param clean the truth
 */
public record FrameExamples(Kind.Frame size, List<float[]> noisy, List<float[]> cleaned, List<float[]> clean) {
    private static final int SHOWN = 12;
    private static final int ZOOM = 2;

    /**
     * Picks them.
     *
     * @param cases one per channel, a stretch per window, the truth known
     */
    public static FrameExamples of(Kind.Frame size, List<Case> cases) {
        int windows =
                cases.stream().mapToInt(each -> each.stretches().size()).min().orElse(0);
        List<float[]> truth = frames(size, cases, windows, Stretch::clean);
        List<float[]> out = frames(size, cases, windows, Stretch::cleaned);
        FrameError errors = new FrameError(FrameRange.of(truth));
        for (int i = 0; i < windows; i++) {
            errors.add(truth.get(i), out.get(i), 0);
        }
        List<Integer> shown = shown(errors.ofFrames());
        List<float[]> came = frames(size, cases, windows, Stretch::noisy);
        return new FrameExamples(
                size,
                shown.stream().map(came::get).toList(),
                shown.stream().map(out::get).toList(),
                shown.stream().map(truth::get).toList());
    }

    /** Which frames, by their errors. */
    public static List<Integer> shown(List<Double> errors) {
        List<Integer> ranked = IntStream.range(0, errors.size())
                .boxed()
                .sorted(Comparator.comparingDouble(errors::get))
                .toList();
        int count = Math.min(SHOWN, ranked.size());
        return IntStream.range(0, count)
                .mapToObj(i -> ranked.get(i * (ranked.size() - 1) / Math.max(1, count - 1)))
                .toList();
    }

    private static List<float[]> frames(Kind.Frame size, List<Case> cases, int windows, Function<Stretch, Floats> of) {
        List<float[]> frames = new ArrayList<>();
        for (int window = 0; window < windows; window++) {
            float[] planes = new float[cases.size() * size.pixels()];
            for (int channel = 0; channel < cases.size(); channel++) {
                float[] all =
                        of.apply(cases.get(channel).stretches().get(window)).toArray();
                System.arraycopy(all, all.length - size.pixels(), planes, channel * size.pixels(), size.pixels());
            }
            frames.add(planes);
        }
        return frames;
    }

    /** A PNG of three rows: noisy, cleaned, true; from the least true value to the greatest. */
    public byte[] png() throws IOException {
        return new FrameSheet(size, FrameRange.of(clean), ZOOM).png(List.of(noisy, cleaned, clean));
    }
}
