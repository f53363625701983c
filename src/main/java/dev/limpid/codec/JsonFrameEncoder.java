package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.pipeline.CleanedBlock;

/**
 * The JSON of a frame with each number replaced and nothing else: arrays stay nested as they were, other members as they are. An object
 * gets the member {@code limpid} of {@link JsonEncoder}: the frame as it came, and the quality.
 */
final class JsonFrameEncoder implements Encoder {
    private static final byte[] LIMPID = Utf8Buffer.quoted("limpid");

    private final JsonPlaces places;
    private final int pixels;
    private final Utf8Buffer out = new Utf8Buffer();

    JsonFrameEncoder(Definition.Input input, FrameLayout layout) {
        this.places = new JsonPlaces(new byte[0][], Utf8Buffer.quoted(input.samplesField()), LIMPID);
        this.pixels = layout.pixels();
    }

    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        if (Encoders.passesThrough(block)) {
            return original;
        }
        out.clear();
        if (!places.find(original)) {
            out.add(original, 0, places.from(0));
            array(original, places.from(0), places.to(0), block);
            out.add(original, places.to(0), original.length);
            return out.toBytes();
        }
        int copied = 0;
        for (int place = 0; place < places.count(); place++) {
            out.add(original, copied, places.from(place));
            if (places.what(place) == JsonPlaces.SAMPLES) {
                array(original, places.from(place), places.to(place), block);
            } else {
                added(original, block);
            }
            copied = places.to(place);
        }
        out.add(original, copied, places.end());
        if (places.indexOf(JsonPlaces.ADDED) < 0) {
            out.add(',').add(LIMPID).add(':');
            added(original, block);
        }
        return out.add(original, places.end(), original.length).toBytes();
    }

    private void added(byte[] original, CleanedBlock block) {
        int frame = places.indexOf(JsonPlaces.SAMPLES);
        out.addAscii("{\"raw\":").add(original, places.from(frame), places.to(frame));
        JsonQualities.write(block, out);
        out.add('}');
    }

    /** The array in {@code [from, to)}: what stands between brackets, commas and white space are the frame's numbers in order. */
    private void array(byte[] text, int from, int to, CleanedBlock block) {
        int copied = from;
        int number = 0;
        for (int at = from; at < to; ) {
            if (structural(text[at])) {
                at++;
                continue;
            }
            out.add(text, copied, at);
            out.add(block.clean(number % pixels, number / pixels));
            number++;
            while (!structural(text[at])) {
                at++;
            }
            copied = at;
        }
        out.add(text, copied, to);
    }

    private static boolean structural(byte character) {
        return character == '[' || character == ']' || character == ',' || (character <= ' ' && character >= 0);
    }

    /** {@inheritDoc} Frames have no hops but records. */
    @Override
    public byte[] hop(CleanedBlock block) {
        throw new UnsupportedOperationException("a frame leaves as its record: output.granularity of frames is record");
    }
}
