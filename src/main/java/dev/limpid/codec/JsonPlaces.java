package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Where the values that are to be replaced stand in a JSON object that a {@link JsonDecoder} took: places in the order of the
 * text, each with what it is, a channel's index or one of the constants. Confined to one thread, reused.
 */
final class JsonPlaces {
    /** The array of samples. */
    static final int SAMPLES = -2;
    /** The member that Limpid adds, already there. */
    static final int ADDED = -3;

    private static final int OTHER = -4;
    private final byte[][] channelNames;
    private final byte[] samplesName;
    private final byte[] addedName;
    private final JsonCursor cursor = new JsonCursor();
    private final int[] what;
    private final int[] from;
    private final int[] to;
    private int count;
    private int end;
    private boolean hasMembers;

    /** Names with their quotes. */
    JsonPlaces(byte[][] channelNames, byte[] samplesName, byte[] addedName) {
        this.channelNames = channelNames;
        this.samplesName = samplesName;
        this.addedName = addedName;
        this.what = new int[channelNames.length + 2];
        this.from = new int[what.length];
        this.to = new int[what.length];
    }

    /** Finds the places; false if {@code text} is no object: then the value is all of it, but for the white space. */
    boolean find(byte[] text) {
        count = 0;
        hasMembers = false;
        cursor.begin(text);
        if (cursor.peek() != '{') {
            from[0] = cursor.at();
            cursor.skipValue();
            to[0] = cursor.at();
            return false;
        }
        cursor.step();
        while (cursor.peek() != '}') {
            hasMembers = true;
            int nameFrom = cursor.at();
            cursor.skipValue();
            int found = whatIs(text, nameFrom, cursor.at());
            cursor.skipSpace();
            cursor.step();
            int valueFrom = cursor.at();
            cursor.skipValue();
            if (found != OTHER && indexOf(found) < 0) {
                what[count] = found;
                from[count] = valueFrom;
                to[count++] = cursor.at();
            }
            cursor.skipSpace();
            if (cursor.peek() == ',') {
                cursor.step();
            }
        }
        end = cursor.at();
        return true;
    }

    int count() {
        return count;
    }

    int what(int place) {
        return what[place];
    }

    int from(int place) {
        return from[place];
    }

    int to(int place) {
        return to[place];
    }

    /** Whether the object has any member. */
    boolean hasMembers() {
        return hasMembers;
    }

    /** Place of the closing brace. */
    int end() {
        return end;
    }

    /** The place of a channel or constant; -1 if it is not there. */
    int indexOf(int kind) {
        for (int place = 0; place < count; place++) {
            if (what[place] == kind) {
                return place;
            }
        }
        return -1;
    }

    private int whatIs(byte[] text, int nameFrom, int nameTo) {
        for (int at = nameFrom; at < nameTo; at++) {
            if (text[at] == '\\') {
                byte[] plain = unescape(text, nameFrom, nameTo);
                return match(plain, 0, plain.length);
            }
        }
        return match(text, nameFrom, nameTo);
    }

    private int match(byte[] text, int nameFrom, int nameTo) {
        for (int channel = 0; channel < channelNames.length; channel++) {
            if (same(text, nameFrom, nameTo, channelNames[channel])) {
                return channel;
            }
        }
        if (same(text, nameFrom, nameTo, samplesName)) {
            return SAMPLES;
        }
        return same(text, nameFrom, nameTo, addedName) ? ADDED : OTHER;
    }

    private static boolean same(byte[] text, int from, int to, byte[] name) {
        return to - from == name.length && Arrays.equals(text, from, to, name, 0, name.length);
    }

    private static byte[] unescape(byte[] text, int nameFrom, int nameTo) {
        try (JsonParser parser = JsonDecoder.FACTORY.createParser(text, nameFrom, nameTo - nameFrom)) {
            parser.nextToken();
            return Utf8Buffer.quoted(parser.getText());
        } catch (IOException e) {
            throw new UncheckedIOException("not a value that was decoded", e);
        }
    }
}
