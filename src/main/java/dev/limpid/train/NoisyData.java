package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands in the way of learning from recordings that have noise and holes. */
record NoisyData(TrainingData data) {
    List<String> problems(TrainSpec spec) {
        List<String> problems = new ArrayList<>();
        for (Recording recording : data.clean()) {
            for (int channel = 0; channel < recording.channels().size(); channel++) {
                infinite(recording, channel, problems);
            }
        }
        usable("to fit on", data.head(spec.split()), spec, problems);
        usable("to hold out", data.tail(spec.split()), spec, problems);
        return problems;
    }

    /** What stands in the way of learning from the recorded noise. */
    List<String> noiseProblems(TrainSpec spec) {
        List<String> problems = new ArrayList<>();
        int channels = spec.channels().size();
        if (spec.supervision() instanceof Supervision.NoisierToNoise noisier) {
            if (data.noise().isEmpty()) {
                problems.add("train.supervision noisier2noise needs recorded noise: --noise FILE, or --noise-topic");
            }
            for (Recording recording : data.noise()) {
                if (recording.channels().size() != channels) {
                    problems.add(
                            recording.name() + " has " + recording.channels().size()
                                    + " channels of noise, noisier2noise needs " + channels + ", as the model has");
                }
            }
            if (noisier.snrDb().isPresent()) {
                silent("to fit on", data.head(spec.split()), problems);
                silent("to hold out", data.tail(spec.split()), problems);
            }
        }
        return problems;
    }

    private static void silent(String what, TrainingData part, List<String> problems) {
        for (Recording noise : part.noise()) {
            for (int channel = 0; channel < noise.channels().size(); channel++) {
                if (!(noise.rms(channel) > 0)) {
                    problems.add(noise.name() + ", channel " + channel + ", is zero throughout the part " + what
                            + ", which train.supervision.snr-db cannot scale; give noise that goes on");
                }
            }
        }
    }

    private static void infinite(Recording recording, int channel, List<String> problems) {
        float[] values = recording.channels().get(channel);
        for (int i = 0; i < values.length; i++) {
            if (Float.isInfinite(values[i])) {
                problems.add(recording.name() + ", channel " + channel + ", row " + (i + 1) + " is " + values[i]
                        + ", needs a finite value or none");
                return;
            }
        }
    }

    private static void usable(String what, TrainingData part, TrainSpec spec, List<String> problems) {
        List<Recording> stretches = part.cut(spec).clean();
        if (!part.clean().isEmpty() && stretches.isEmpty()) {
            long all = part.clean().stream().mapToLong(Recording::samples).sum();
            problems.add(String.format(
                    Locale.ROOT,
                    "nothing is left %s: of %d samples none lie in a stretch of %d without gap or exclusion",
                    what,
                    all,
                    spec.augmentation().samplesFor(spec.length())));
        }
        for (Recording stretch : stretches) {
            for (int channel = 0; channel < stretch.channels().size(); channel++) {
                if (!(stretch.rms(channel) > 0)) {
                    problems.add(stretch.name() + ", channel " + channel + ", is zero throughout a stretch of "
                            + stretch.samples() + " samples; exclude it");
                }
            }
        }
    }
}
