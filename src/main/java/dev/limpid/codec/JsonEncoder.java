package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.pipeline.CleanedBlock;

/**
 * The JSON of an input value with the channel values replaced; all other members stay byte for byte, in their order. An
 * object gets one more member, {@code "limpid":{"raw":…,"quality":"cleaned"}}: the raw values as they were written, and the
 * quality, an array with one per sample if the samples of a block differ. If the input has a member of that name, it is replaced.
 *
 * <p>A hop block is {@code {"ts":…,"samples":[[…],…],"limpid":{"raw":[[…],…],"quality":…}}}, with {@code "times":[…]} behind
 * {@code ts} if there is no sample rate to compute them from.
 */
final class JsonEncoder implements Encoder {
    private static final byte[] LIMPID = Utf8Buffer.quoted("limpid");

    private final byte[][] names;
    private final byte[] samplesName;
    private final byte[] timestampName;
    private final boolean grid;
    private final JsonPlaces places;
    private final Utf8Buffer out = new Utf8Buffer();

    JsonEncoder(Definition.Input input) {
        this.names = input.channels().stream().map(Utf8Buffer::quoted).toArray(byte[][]::new);
        this.samplesName = Utf8Buffer.quoted(input.samplesField());
        this.timestampName = Utf8Buffer.quoted(
                input.timestampField().filter(name -> !name.isEmpty()).orElse("ts"));
        this.grid = input.sampleRateHz() > 0;
        this.places = new JsonPlaces(names, samplesName, LIMPID);
    }

    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        if (Encoders.passesThrough(block)) {
            return original;
        }
        out.clear();
        if (places.find(original)) {
            object(original, block);
        } else {
            out.add(original, 0, places.from(0));
            if (original[places.from(0)] == '[') {
                sample(block, 0);
            } else {
                out.add(block.clean(0, 0));
            }
            out.add(original, places.to(0), original.length);
        }
        return out.toBytes();
    }

    private void object(byte[] original, CleanedBlock block) {
        boolean isBlock = places.indexOf(JsonPlaces.SAMPLES) >= 0;
        int copied = 0;
        for (int place = 0; place < places.count(); place++) {
            out.add(original, copied, places.from(place));
            switch (places.what(place)) {
                case JsonPlaces.SAMPLES -> samples(block, isNested(original, places.from(place)));
                case JsonPlaces.ADDED -> added(original, block, isBlock);
                default -> out.add(block.clean(0, places.what(place)));
            }
            copied = places.to(place);
        }
        out.add(original, copied, places.end());
        boolean first = !places.hasMembers();
        if (!isBlock) {
            for (int channel = 0; channel < names.length; channel++) {
                if (places.indexOf(channel) < 0) {
                    member(names[channel], first);
                    out.add(block.clean(0, channel));
                    first = false;
                }
            }
        }
        if (places.indexOf(JsonPlaces.ADDED) < 0) {
            member(LIMPID, first);
            added(original, block, isBlock);
        }
        out.add(original, places.end(), original.length);
    }

    private void member(byte[] name, boolean first) {
        if (!first) {
            out.add(',');
        }
        out.add(name).add(':');
    }

    /** Whether the samples that start at {@code from} are arrays, not the bare numbers that one channel may have. */
    private boolean isNested(byte[] text, int from) {
        int next = from + 1;
        while (text[next] <= ' ') {
            next++;
        }
        return names.length > 1 || text[next] == '[';
    }

    private void added(byte[] original, CleanedBlock block, boolean isBlock) {
        out.addAscii("{\"raw\":");
        if (isBlock) {
            int place = places.indexOf(JsonPlaces.SAMPLES);
            out.add(original, places.from(place), places.to(place));
        } else {
            for (int channel = 0; channel < names.length; channel++) {
                out.add(channel == 0 ? '{' : ',').add(names[channel]).add(':');
                int place = places.indexOf(channel);
                if (place < 0) {
                    out.addAscii("null");
                } else {
                    out.add(original, places.from(place), places.to(place));
                }
            }
            out.add('}');
        }
        JsonQualities.write(block, out);
        out.add('}');
    }

    private void sample(CleanedBlock block, int time) {
        for (int channel = 0; channel < names.length; channel++) {
            out.add(channel == 0 ? '[' : ',').add(block.clean(time, channel));
        }
        out.add(']');
    }

    private void samples(CleanedBlock block, boolean nested) {
        for (int time = 0; time < block.length(); time++) {
            out.add(time == 0 ? '[' : ',');
            if (nested) {
                sample(block, time);
            } else {
                out.add(block.clean(time, 0));
            }
        }
        out.add(']');
    }

    @Override
    public byte[] hop(CleanedBlock block) {
        out.clear().add('{').add(timestampName).add(':').add(block.timestampMs(0));
        if (!grid) {
            out.addAscii(",\"times\":");
            for (int time = 0; time < block.length(); time++) {
                out.add(time == 0 ? '[' : ',').add(block.timestampMs(time));
            }
            out.add(']');
        }
        out.add(',').add(samplesName).add(':');
        samples(block, true);
        out.addAscii(",\"limpid\":{\"raw\":");
        for (int time = 0; time < block.length(); time++) {
            out.add(time == 0 ? '[' : ',');
            for (int channel = 0; channel < names.length; channel++) {
                out.add(channel == 0 ? '[' : ',').add(block.raw(time, channel));
            }
            out.add(']');
        }
        out.add(']');
        JsonQualities.write(block, out);
        return out.addAscii("}}").toBytes();
    }
}
