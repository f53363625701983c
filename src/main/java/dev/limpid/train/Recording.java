package dev.limpid.train;

import dev.limpid.onnx.ModelMetadata.InputStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recorded stretch of signal without gaps, at a steady rate.
 *
 * @param name where it comes from: a file name, or {@code FILE/COLUMN}; of a topic {@code TOPIC-PARTITION/SERIES}
 * @param sha256 of the file it was read from, lower-case hex; of a topic the offsets; empty if there is none
 * @param channels one {@code float[]} per channel, all of one length, physical units, finite; read only
 */
public record Recording(String name, String sha256, List<float[]> channels) {
    public Recording {
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException(name + " has no channels");
        }
        int samples = channels.get(0).length;
        for (float[] channel : channels) {
            if (channel.length != samples) {
                throw new IllegalArgumentException(
                        name + " has channels of " + samples + " and of " + channel.length + " samples");
            }
        }
    }

    /** The file's part of the name: what stands before {@code /COLUMN}. */
    String file() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** Samples per channel. */
    public int samples() {
        return channels.get(0).length;
    }

    /** Root mean square of one channel's values. */
    double rms(int channel) {
        double sum = 0;
        for (float value : channels.get(channel)) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / Math.max(1, samples()));
    }

    /** The first so many channels. */
    Recording first(int count) {
        return count == channels.size() ? this : new Recording(name, sha256, channels.subList(0, count));
    }

    /** The same with each channel's mean taken away: what is recorded of noise at a level that the sensor has by itself. */
    public Recording aroundMean() {
        List<float[]> around = new ArrayList<>();
        for (float[] channel : channels) {
            double sum = 0;
            for (float value : channel) {
                sum += value;
            }
            float mean = (float) (sum / Math.max(1, channel.length));
            float[] values = new float[channel.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = channel[i] - mean;
            }
            around.add(values);
        }
        return new Recording(name, sha256, around);
    }

    Recording slice(int from, int to) {
        return new Recording(
                name,
                sha256,
                channels.stream()
                        .map(channel -> Arrays.copyOfRange(channel, from, to))
                        .toList());
    }

    /** Of one channel over all of them, which have no holes. */
    static InputStatistics statistics(List<Recording> recordings, int channel) {
        double sum = 0;
        double squares = 0;
        long count = 0;
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (Recording recording : recordings) {
            for (float value : recording.channels().get(channel)) {
                sum += value;
                squares += (double) value * value;
                min = Math.min(min, value);
                max = Math.max(max, value);
                count++;
            }
        }
        double mean = sum / count;
        return new InputStatistics(
                (float) mean, (float) Math.sqrt(Math.max(0, squares / count - mean * mean)), min, max);
    }
}
