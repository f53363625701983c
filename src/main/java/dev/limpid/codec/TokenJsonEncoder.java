package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.pipeline.CleanedBlock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an input value with the tokens that were replaced or filled in; all else stays byte for byte. Then an object gets the member
 * {@code limpid} of {@link JsonEncoder}: the tokens as they came, the quality, and before which tokens one is likely to be missing, and how
 * many there, if the model says so. Where nothing was replaced, and none is missing, the value stays as it is.
 */
final class TokenJsonEncoder implements Encoder {
    private static final byte[] LIMPID = Utf8Buffer.quoted("limpid");
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    private final byte[] name;
    private final JsonPlaces places;
    private final JsonCursor cursor = new JsonCursor();
    private final TokenTexts texts;
    private final TokenNotes notes;
    private final Utf8Buffer out = new Utf8Buffer();

    TokenJsonEncoder(Definition.Input input, TokenTexts texts) {
        this.name = Utf8Buffer.quoted(input.channels().get(0));
        this.places = new JsonPlaces(new byte[][] {name}, Utf8Buffer.quoted(input.samplesField()), LIMPID);
        this.texts = texts;
        this.notes = new TokenNotes(texts.reportAbove());
    }

    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        boolean changes = TokenCodecs.changes(block);
        boolean object = (changes || notes.misses(block)) && places.find(original);
        if (!object && !changes) {
            return original;
        }
        out.clear();
        if (object) {
            object(original, block);
        } else {
            out.add(original, 0, places.from(0));
            tokens(original, places.from(0), places.to(0), block);
            out.add(original, places.to(0), original.length);
        }
        return out.toBytes();
    }

    /** {@inheritDoc} An object has it itself. */
    @Override
    public byte @Nullable [] told(byte[] original, CleanedBlock block) {
        boolean any = TokenCodecs.changes(block) || notes.misses(block);
        return any && !places.find(original) ? notes.header(block, token -> texts.text(block.raw(token, 0))) : null;
    }

    private void object(byte[] original, CleanedBlock block) {
        int copied = 0;
        for (int place = 0; place < places.count(); place++) {
            out.add(original, copied, places.from(place));
            if (places.what(place) == JsonPlaces.ADDED) {
                added(original, block);
            } else {
                tokens(original, places.from(place), places.to(place), block);
            }
            copied = places.to(place);
        }
        out.add(original, copied, places.end());
        if (places.indexOf(JsonPlaces.ADDED) < 0) {
            out.add(',').add(LIMPID).add(':');
            added(original, block);
        }
        out.add(original, places.end(), original.length);
    }

    private void added(byte[] original, CleanedBlock block) {
        int place = places.indexOf(JsonPlaces.SAMPLES);
        boolean sequence = place >= 0;
        int raw = sequence ? place : places.indexOf(0);
        out.addAscii("{\"raw\":");
        if (!sequence) {
            out.add('{').add(name).add(':');
        }
        out.add(original, places.from(raw), places.to(raw));
        if (!sequence) {
            out.add('}');
        }
        JsonQualities.write(block, out);
        notes.missing(block, out, ',', Integer.MAX_VALUE);
        out.add('}');
    }

    /** The token, or the array of tokens, in {@code [from, to)}. */
    private void tokens(byte[] text, int from, int to, CleanedBlock block) {
        boolean sequence = text[from] == '[';
        int copied = from;
        boolean number = (sequence && numbers(text, from, to)) || isDigit(text[from]);
        cursor.begin(text, from);
        if (sequence) {
            cursor.step();
        }
        for (int token = 0; token < block.length(); token++) {
            int start = cursor.at();
            cursor.skipValue();
            if (TokenCodecs.changed(block, token)) {
                out.add(text, copied, start).add(written(texts.text(block.clean(token, 0)), number));
                copied = cursor.at();
            }
            if (sequence) {
                cursor.skipSpace();
                cursor.step();
            }
        }
        out.add(text, copied, to);
    }

    /** Whether the first token that is not {@code null} is a number. */
    private boolean numbers(byte[] text, int from, int to) {
        cursor.begin(text, from);
        cursor.step();
        while (cursor.at() < to && cursor.peek() == 'n') {
            cursor.skipValue();
            cursor.skipSpace();
            cursor.step();
        }
        return cursor.at() < to && isDigit(text[cursor.at()]);
    }

    private static boolean isDigit(byte character) {
        return (character >= '0' && character <= '9') || character == '-';
    }

    private static byte[] written(String text, boolean number) {
        return number && NUMBER.matcher(text).matches() ? Utf8Buffer.ascii(text) : Utf8Buffer.quoted(text);
    }

    /** {@inheritDoc} A definition does not allow it. */
    @Override
    public byte[] hop(CleanedBlock block) {
        throw new UnsupportedOperationException("a token leaves in its record: output.granularity of tokens is record");
    }
}
