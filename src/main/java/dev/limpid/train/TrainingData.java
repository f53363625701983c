package dev.limpid.train;

import dev.limpid.eval.Repeats;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is trained on.
 *
 * @param clean recordings whose channels are the pipeline's, in its order
 * @param noise recorded noise, each channel of each recording a source of its own; may be empty
 */
public record TrainingData(List<Recording> clean, List<Recording> noise) {
    public TrainingData {
        clean = List.copyOf(clean);
        noise = List.copyOf(noise);
    }

    /** The part to fit on: all but the last {@code share} of each recording. */
    TrainingData head(double share) {
        return new TrainingData(part(clean, share, true), part(noise, share, true));
    }

    /** The part held out for decisions: the last {@code share} in time of each recording. */
    TrainingData tail(double share) {
        return new TrainingData(part(clean, share, false), part(noise, share, false));
    }

    /** Share of the held-out stretches that stand in the fitted part as well, sample for sample, as after a copy. */
    public double repeated(double heldOut) {
        return Repeats.share(channels(head(heldOut)), channels(tail(heldOut)));
    }

    private static List<float[]> channels(TrainingData of) {
        return of.clean().stream()
                .flatMap(recording -> recording.channels().stream())
                .toList();
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
        noise.forEach(recording -> check(recording, least, problems));
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
