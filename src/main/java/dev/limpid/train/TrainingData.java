package dev.limpid.train;

import dev.limpid.eval.NoiseEstimate;
import dev.limpid.eval.Repeats;
import dev.limpid.signal.Floats;
import dev.limpid.train.corruption.NoiseSources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a model is trained on.
 *
 * @param clean recordings whose channels are the pipeline's, in its order; noisy ones where the spec's {@link Supervision} wants them,
 *     with NaN in what is missing or left out, and a second sensor's channels after the first's if it is for two
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

    /** The same with more recorded noise. */
    public TrainingData withNoise(List<Recording> more) {
        List<Recording> all = new ArrayList<>(noise);
        all.addAll(more);
        return new TrainingData(clean, all, named);
    }

    /** All recorded noise, the named ones too. */
    List<Recording> allNoise() {
        List<Recording> all = new ArrayList<>(noise);
        named.values().forEach(all::addAll);
        return all;
    }

    /** Of all recorded noise the part that is never fitted on. */
    public List<Recording> unseen(double heldOut) {
        return new Split(heldOut, 1).tail(allNoise());
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

    /** The part to fit on: what lies before the place in time at which each recording is parted. */
    TrainingData head(Split split) {
        return new TrainingData(split.head(clean), noiseSplit(split).head(noise), named(noiseSplit(split)::head));
    }

    /** The part held out for decisions: what lies behind it. */
    TrainingData tail(Split split) {
        return new TrainingData(split.tail(clean), noiseSplit(split).tail(noise), named(noiseSplit(split)::tail));
    }

    /** Noise has no frames. */
    private static Split noiseSplit(Split split) {
        return new Split(split.heldOut(), 1);
    }

    /** Without what is missing or left out: each stretch between that holds a window becomes a recording. */
    TrainingData cut(TrainSpec spec) {
        int grain = spec.split().grain();
        int least = grain > 1 ? spec.length() : spec.augmentation().samplesFor(spec.length());
        return new TrainingData(Gapless.stretches(clean, least, grain), noise, named);
    }

    /** The noise that the recordings hold by themselves, per channel; empty if they are clean. */
    public List<NoiseEstimate> noiseOf(TrainSpec spec) {
        List<NoiseEstimate> noises = new ArrayList<>();
        if (!(spec.supervision() instanceof Supervision.Clean)) {
            List<Recording> stretches = Gapless.stretches(clean, 1, 1);
            for (int channel = 0; channel < spec.channels().size(); channel++) {
                int at = channel;
                noises.add(NoiseEstimate.of(
                        spec.channels().get(channel),
                        stretches.stream()
                                .map(stretch -> Floats.owning(stretch.channels().get(at)))
                                .toList()));
            }
        }
        return noises;
    }

    /** The first so many channels of each recording. */
    TrainingData of(int channels) {
        return new TrainingData(
                clean.stream().map(recording -> recording.first(channels)).toList(), noise, named);
    }

    private SortedMap<String, List<Recording>> named(UnaryOperator<List<Recording>> part) {
        SortedMap<String, List<Recording>> parts = new TreeMap<>();
        named.forEach((name, recordings) -> parts.put(name, part.apply(recordings)));
        return parts;
    }

    /** Share of the held-out stretches that stand in the fitted part as well, sample for sample, as after a copy. */
    public double repeated(Split split) {
        return Repeats.share(channels(split.head(clean)), channels(split.tail(clean)));
    }

    /** How many samples a recording must have: a window stretched to the utmost must fit into both its parts. */
    public static int leastSamples(TrainSpec spec) {
        int needed = spec.augmentation().samplesFor(spec.length());
        return (int) Math.ceil(needed / Math.min(spec.heldOut(), 1 - spec.heldOut())) + 1;
    }

    /** Everything that stands in the way of training with {@code spec}, one sentence each. */
    List<String> problems(TrainSpec spec) {
        List<String> problems = new ArrayList<>();
        if (clean.isEmpty()) {
            problems.add("no recording given");
        }
        boolean noisy = !(spec.supervision() instanceof Supervision.Clean);
        int least = leastSamples(spec);
        int grain = spec.split().grain();
        for (Recording recording : clean) {
            int wanted = spec.channels().size() * spec.supervision().sensors();
            if (recording.channels().size() != wanted) {
                problems.add(recording.name() + " has " + recording.channels().size() + " channels, the model "
                        + (spec.supervision().sensors() == 1 ? "" : "and its second sensor ") + wanted);
            }
            if (noisy) {
                continue;
            }
            check(recording, least, grain, problems);
            if (recording.samples() % grain != 0) {
                problems.add(recording.name() + " has " + recording.samples()
                        + " samples, not a whole number of frames of " + grain);
            }
            for (int channel = 0; channel < recording.channels().size(); channel++) {
                if (recording.samples() >= least && !(recording.rms(channel) > 0)) {
                    problems.add(recording.name() + ", channel " + channel + ", is zero throughout");
                }
            }
        }
        if (noisy) {
            problems.addAll(new NoisyData(this).problems(spec));
        }
        problems.addAll(noiseProblems(spec));
        spec.loss().misfit(this, spec.augmentation()).ifPresent(problems::add);
        return problems;
    }

    /** What of it stands in the recorded noise, whatever the signals will be. */
    public List<String> noiseProblems(TrainSpec spec) {
        List<String> problems = new ArrayList<>(new NoisyData(this).noiseProblems(spec));
        int least = leastSamples(spec);
        allNoise().forEach(recording -> check(recording, least, spec.split().grain(), problems));
        for (String file : spec.corruption().files()) {
            if (!named.containsKey(file)) {
                problems.add("train.corruption asks for the noise of " + file + ", which is not given");
            }
        }
        return problems;
    }

    private static void check(Recording recording, int least, int grain, List<String> problems) {
        if (recording.samples() < least) {
            problems.add(recording.name() + " has " + recording.samples() / grain
                    + (grain == 1 ? " samples" : " frames") + ", training needs at least " + ((least - 1) / grain + 1));
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
