package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.eval.Case;
import dev.limpid.eval.Stretch;
import dev.limpid.model.ModelSlot;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of a file, ready to be graded: the file as it is; where the truth is known, the truth as input, too; where it is
 * not, the file with samples hidden. Every run is the whole {@link dev.limpid.pipeline.Pipeline}.
 */
final class EvaluatedCases {
    /** One sample in so many is hidden: the others are enough to tell it, and a minute of 100 Hz still has 375 of them. */
    private static final int HIDDEN_ONE_IN = 16;

    private static final long SEED = 20_170_501;
    private final List<Case> cases = new ArrayList<>();
    private final List<Case> reproduced = new ArrayList<>();
    private final EvaluatedFile noisy;
    private final List<String> channels;

    private EvaluatedCases(EvaluatedFile noisy, List<String> channels) {
        this.noisy = noisy;
        this.channels = channels;
    }

    /** Runs the model. {@code reference} is the truth; null if nobody knows. */
    static EvaluatedCases of(
            Path input, Definition definition, boolean eachColumn, ModelSlot slot, @Nullable ReferenceFile reference)
            throws IOException {
        EvaluatedFile noisy = EvaluatedFile.of(input, definition, eachColumn, slot, CsvDenoise.Values.AS_READ);
        EvaluatedCases all = new EvaluatedCases(noisy, definition.input().channels());
        if (reference == null) {
            EvaluatedFile hidden = EvaluatedFile.of(
                    input,
                    definition,
                    eachColumn,
                    slot,
                    (row, lane, channel, read) -> isHidden(row, lane, channel) ? Float.NaN : read);
            all.addUnknown(hidden);
            return all;
        }
        if (reference.rows() != noisy.rows()) {
            throw new IllegalArgumentException(
                    "the clean file has " + reference.rows() + " rows, " + input + " has " + noisy.rows());
        }
        EvaluatedFile clean = EvaluatedFile.of(input, definition, eachColumn, slot, (row, lane, channel, read) -> {
            String column = noisy.column(lane, channel);
            return reference.isTruth(column) ? read : reference.of(column)[(int) row];
        });
        all.addKnown(clean, reference);
        return all;
    }

    static boolean isHidden(long row, int lane, int channel) {
        // a mix of the place's bits (Steele, Lea and Flood 2014), so that the same file hides the same samples
        long z = SEED + (row * 64 + channel) * 0x9E3779B97F4A7C15L + lane * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(z ^ (z >>> 31), HIDDEN_ONE_IN) == 0;
    }

    /** One per channel of each series. */
    List<Case> cases() {
        return cases;
    }

    /** The truth as input: what the model cannot even give back without noise. Empty if it is not known. */
    List<Case> reproduced() {
        return reproduced;
    }

    EvaluatedFile noisy() {
        return noisy;
    }

    private void addUnknown(EvaluatedFile hidden) {
        noisy.series().forEach((key, series) -> {
            EvaluatedFile.Series blind = hidden.series().get(key);
            for (int channel = 0; channel < channels.size(); channel++) {
                List<Stretch> stretches = new ArrayList<>();
                for (int[] bounds : bounds(series)) {
                    int length = bounds[1] - bounds[0];
                    float[] raw = new float[length];
                    float[] cleaned = new float[length];
                    float[] predicted = new float[length];
                    for (int i = 0; i < length; i++) {
                        int at = bounds[0] + i;
                        raw[i] = series.raw(channel, at);
                        cleaned[i] = series.cleaned(channel, at);
                        boolean told = isHidden(series.row(at), series.lane(), channel);
                        predicted[i] = blind != null && told ? blind.cleaned(channel, at) : Float.NaN;
                    }
                    stretches.add(
                            Stretch.unknown(Floats.owning(raw), Floats.owning(cleaned), Floats.owning(predicted)));
                }
                cases.add(new Case(name(key, channel), stretches));
            }
        });
    }

    private void addKnown(EvaluatedFile clean, ReferenceFile reference) {
        noisy.series().forEach((key, series) -> {
            EvaluatedFile.Series again = clean.series().get(key);
            for (int channel = 0; channel < channels.size(); channel++) {
                String column = noisy.column(series.lane(), channel);
                if (reference.isTruth(column)) {
                    continue;
                }
                float[] truth = reference.of(column);
                List<Stretch> stretches = new ArrayList<>();
                List<Stretch> givenBack = new ArrayList<>();
                for (int[] bounds : bounds(series)) {
                    int length = bounds[1] - bounds[0];
                    float[] raw = new float[length];
                    float[] cleaned = new float[length];
                    float[] known = new float[length];
                    float[] back = new float[length];
                    for (int i = 0; i < length; i++) {
                        int at = bounds[0] + i;
                        raw[i] = series.raw(channel, at);
                        cleaned[i] = series.cleaned(channel, at);
                        known[i] = truth[(int) series.row(at)];
                        back[i] = again == null ? Float.NaN : again.cleaned(channel, at);
                    }
                    Floats told = Floats.owning(known);
                    stretches.add(Stretch.known(Floats.owning(raw), Floats.owning(cleaned), told));
                    givenBack.add(Stretch.known(told, Floats.owning(back), told));
                }
                cases.add(new Case(name(key, channel), stretches));
                reproduced.add(new Case(name(key, channel), givenBack));
            }
        });
    }

    private String name(SeriesKey key, int channel) {
        return channels.size() == 1 ? key.toString() : key + "/" + channels.get(channel);
    }

    private static List<int[]> bounds(EvaluatedFile.Series series) {
        List<int[]> bounds = new ArrayList<>();
        for (int i = 0; i < series.breaks().size(); i++) {
            int to = i + 1 < series.breaks().size() ? series.breaks().get(i + 1) : series.length();
            bounds.add(new int[] {series.breaks().get(i), to});
        }
        return bounds;
    }
}
