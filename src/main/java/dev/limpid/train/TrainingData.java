package dev.limpid.train;

import dev.limpid.eval.Repeats;
import dev.limpid.train.corruption.NoiseSources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model is trained on.
 *
 * @param clean recordings whose channels are the pipeline's, in its order
 * @param noise recorded noise, each channel of each recording a source of its own; may be empty
 * @param named recorded noise by the name of the file that a corruption asks for
 */
public record TrainingData(List<Recording> clean, List<Recording> noise, SortedMap<String, List<Recording>> named) {
    public TrainingData {
        clean = List.copyOf(clean);
        noise = List.copyOf(noise);
        named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
    }

    /** Without named noise. */
    public TrainingData(List<Recording> clean, List<Recording> noise) {
        this(clean, noise, new TreeMap<>());
    }

    /** All recorded noise, the named ones too. */
    List<Recording> allNoise() {
        List<Recording> all = new ArrayList<>(noise);
        named.values().forEach(all::addAll);
        return all;
    }

    /** All recorded noise by name; under the empty name what has none. */
    NoiseSources noiseSources() {
        Map<String, List<float[]>> channels = new LinkedHashMap<>();
        channels.put("", channels(noise));
        named.forEach((name, recordings) -> channels.put(name, channels(recordings)));
        return new NoiseSources(channels);
    }

    private static List<float[]> channels(List<Recording> recordings) {
        return recordings.stream()
                .flatMap(recording -> recording.channels().stream())
                .toList();
    }

    /** The part to fit on: all but the last {@code share} of each recording. */
    TrainingData head(double share) {
        return part(share, true);
    }

    /** The part held out for decisions: the last {@code share} in time of each recording. */
    TrainingData tail(double share) {
        return part(share, false);
    }

    private TrainingData part(double share, boolean head) {
        SortedMap<String, List<Recording>> parts = new TreeMap<>();
        named.forEach((name, recordings) -> parts.put(name, part(recordings, share, head)));
        return new TrainingData(part(clean, share, head), part(noise, share, head), parts);
    }

    /** Share of the held-out stretches that stand in the fitted part as well, sample for sample, as after a copy. */
    public double repeated(double heldOut) {
        return Repeats.share(
                channels(head(heldOut).clean()), channels(tail(heldOut).clean()));
    }

    private static List<Recording> part(List<Recording> recordings, double share, boolean head) {
        List<Recording> parts = new ArrayList<>();
        for (Recording recording : recordings) {
            int cut = (int) Math.round(recording.samples() * (1 - share));
            parts.add(head ? recording.slice(0, cut) : recording.slice(cut, recording.samples()));
        }
        return parts;
    }

    /** Everything that stands in the way of training with {@code spec}, one sentence each. */
    List<String> problems(TrainSpec spec) {
        List<String> problems = new ArrayList<>();
        if (clean.isEmpty()) {
            problems.add("no clean recording given");
        }
        // a window stretched to the utmost must fit into both parts of every recording
        int needed = spec.augmentation().samplesFor(spec.length());
        int least = (int) Math.ceil(needed / Math.min(spec.heldOut(), 1 - spec.heldOut())) + 1;
        for (Recording recording : clean) {
            if (recording.channels().size() != spec.channels().size()) {
                problems.add(recording.name() + " has " + recording.channels().size() + " channels, the model "
                        + spec.channels().size());
            }
            check(recording, least, problems);
            for (int channel = 0; channel < recording.channels().size(); channel++) {
                if (recording.samples() >= least && !(recording.rms(channel) > 0)) {
                    problems.add(recording.name() + ", channel " + channel + ", is zero throughout");
                }
            }
        }
        allNoise().forEach(recording -> check(recording, least, problems));
        for (String file : spec.corruption().files()) {
            if (!named.containsKey(file)) {
                problems.add("train.corruption asks for the noise of " + file + ", which is not given");
            }
        }
        spec.loss().misfit(this, spec.augmentation()).ifPresent(problems::add);
        return problems;
    }

    private static void check(Recording recording, int least, List<String> problems) {
        if (recording.samples() < least) {
            problems.add(
                    recording.name() + " has " + recording.samples() + " samples, training needs at least " + least);
        }
        for (int channel = 0; channel < recording.channels().size(); channel++) {
            float[] values = recording.channels().get(channel);
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    problems.add(recording.name() + ", channel " + channel + ", row " + (i + 1) + " is " + values[i]
                            + ", needs a finite value");
                    break;
                }
            }
        }
    }
}
