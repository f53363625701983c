package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Recorded noise, mixed in at a drawn signal-to-noise ratio, as Moody, Muldrow and Mark (1984) do for the MIT-BIH noise stress
 * test. Each channel gets a stretch of a source of its own, with drawn sign.
 *
 * @param file the recording as the definition names it; empty: all that the command line gave
 * @param snrDb ratio of the root mean squares of the whole recordings, so that noise that comes in bursts stays so; drawn evenly
 */
public record Recorded(double chance, String file, Range snrDb) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        List<NoiseSources.Source> sources = window.noise.of(file);
        if (sources.isEmpty()) {
            return;
        }
        double ratio = Math.pow(10, -snrDb.even(random) / 20);
        for (int channel = 0; channel < window.channels; channel++) {
            NoiseSources.Source source = sources.get(random.nextInt(sources.size()));
            int from = random.nextInt(source.values().length() - window.length + 1);
            double sign = random.nextBoolean() ? 1 : -1;
            float factor = (float) (sign * ratio * window.level(channel) / source.rms());
            for (int i = 0; i < window.length; i++) {
                window.x[window.at(channel) + i] += factor * source.values().at(from + i);
            }
        }
    }

    @Override
    public String phrase() {
        return "recorded noise" + (file.isEmpty() ? "" : " of " + file) + " at " + snrDb + " dB";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("snr-db", snrDb, -60, 120).problems();
    }
}
