package dev.limpid.train;

import java.util.random.RandomGenerator;

/** How windows lie in a recording, and where one begins that is drawn from it. */
sealed interface Cut {
    /**
     * Adds a drawn window, {@code gain} times, to {@code out} from {@code at} on, {@code [channel][time]}.
     */
    void add(Recording recording, RandomGenerator random, float gain, float[] out, int at);

    /** Samples between two places at which a recording may be parted. */
    int grain();

    /** How the windows of a spec lie, with {@code augmentation} instead of its own. */
    static Cut of(TrainSpec spec, Augmentation augmentation) {
        return spec.frame().isPresent()
                ? new Frames(spec.length(), spec.frame().get().pixels())
                : new Anywhere(spec.length(), augmentation.stretchLow(), augmentation.stretchHigh());
    }

    /** A window begins anywhere, and its duration is varied. */
    record Anywhere(int length, double stretchLow, double stretchHigh) implements Cut {
        @Override
        public void add(Recording recording, RandomGenerator random, float gain, float[] out, int at) {
            double step = 1 / Draw.even(random, stretchLow, stretchHigh);
            double start = 1 + random.nextDouble() * (recording.samples() - 4 - (length - 1) * step);
            if (step == 1) {
                start = Math.floor(start);
            }
            for (int channel = 0; channel < recording.channels().size(); channel++) {
                Interpolation.add(
                        recording.channels().get(channel), start, step, gain, out, at + channel * length, length);
            }
        }

        @Override
        public int grain() {
            return 1;
        }
    }

    /** Frames lie end to end; a window begins with one, and is taken as it is. */
    record Frames(int length, int pixels) implements Cut {
        @Override
        public void add(Recording recording, RandomGenerator random, float gain, float[] out, int at) {
            int from = random.nextInt((recording.samples() - length) / pixels + 1) * pixels;
            for (int channel = 0; channel < recording.channels().size(); channel++) {
                float[] values = recording.channels().get(channel);
                for (int i = 0; i < length; i++) {
                    out[at + channel * length + i] += gain * values[from + i];
                }
            }
        }

        @Override
        public int grain() {
            return pixels;
        }
    }
}
