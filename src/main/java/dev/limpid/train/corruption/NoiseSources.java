package dev.limpid.train.corruption;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded noise by the name it is asked for by: a file's as the definition gives it, or the empty text for what the command
 * line gave. Each channel of each recording is a source of its own; silent ones are left out.
 */
public final class NoiseSources {
    /** No noise at all. */
    public static final NoiseSources NONE = new NoiseSources(Map.of());

    private final Map<String, List<Source>> sources = new LinkedHashMap<>();

    /** One channel, and the root mean square of the whole of it, so that noise that comes in bursts stays so. */
    record Source(Floats values, double rms) {}

    public NoiseSources(Map<String, List<float[]>> channels) {
        channels.forEach((name, all) -> {
            List<Source> usable = new ArrayList<>();
            for (float[] values : all) {
                double sum = 0;
                for (float value : values) {
                    sum += (double) value * value;
                }
                double rms = Math.sqrt(sum / Math.max(1, values.length));
                if (rms > 0) {
                    usable.add(new Source(Floats.owning(values), rms));
                }
            }
            sources.put(name, List.copyOf(usable));
        });
    }

    List<Source> of(String name) {
        return sources.getOrDefault(name, List.of());
    }
}
