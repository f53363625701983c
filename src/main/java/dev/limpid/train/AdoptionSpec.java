package dev.limpid.train;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model that was exported elsewhere is to be to Limpid.
 *
 * @param name the model's name
 * @param version the model's version
 * @param length samples per window and channel
 * @param channels names in the order of the tensor's channel axis
 * @param unit of all channels, for people
 * @param mean taken from each channel before the model and given back after it; empty if the model takes physical units
 * @param deviation each channel is divided by it before the model and multiplied after it; as many as {@code mean}
 */
public record AdoptionSpec(
        String name, String version, int length, List<String> channels, String unit, Floats mean, Floats deviation) {
    public AdoptionSpec {
        channels = List.copyOf(channels);
    }

    boolean normalised() {
        return mean.length() > 0;
    }

    AdoptionSpec normalisedBy(Floats means, Floats deviations) {
        return new AdoptionSpec(name, version, length, channels, unit, means, deviations);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (length < 1 || channels.isEmpty()) {
            problems.add("the window has " + length + " samples of " + channels.size()
                    + " channels, needs at least 1 of each");
        }
        if (mean.length() != deviation.length() || (normalised() && mean.length() != channels.size())) {
            problems.add(mean.length() + " means and " + deviation.length() + " standard deviations for "
                    + channels.size() + " channels; needs one of each per channel");
        }
        for (int i = 0; i < deviation.length(); i++) {
            if (!(deviation.at(i) > 0)) {
                problems.add("a standard deviation is " + deviation.at(i) + ", needs a positive number");
            }
        }
        return problems;
    }
}
