package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import org.jspecify.annotations.Nullable;

/** The same value with the text of each token that was replaced or filled in; every other byte of it is kept. */
final class TokenEncoder implements Encoder {
    private final TokenPlaces places;
    private final TokenTexts texts;
    private final TokenNotes notes;
    private final Utf8Buffer out = new Utf8Buffer();

    TokenEncoder(TokenPlaces places, TokenTexts texts) {
        this.places = places;
        this.texts = texts;
        this.notes = new TokenNotes(texts.reportAbove());
    }

    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        if (Encoders.passesThrough(block) || !TokenCodecs.changes(block)) {
            return original;
        }
        String problem = places.find(original);
        if (problem != null) {
            throw new IllegalArgumentException("not a value that was decoded: " + problem);
        }
        out.clear();
        int copied = 0;
        for (int token = 0; token < block.length(); token++) {
            if (TokenCodecs.changed(block, token)) {
                out.add(original, copied, places.from(token));
                out.add(places.written(texts.text(block.clean(token, 0))));
                copied = places.to(token);
            }
        }
        return out.add(original, copied, original.length).toBytes();
    }

    @Override
    public byte @Nullable [] told(byte[] original, CleanedBlock block) {
        return notes.header(block, token -> places.text(original, token));
    }

    /** {@inheritDoc} A definition does not allow it. */
    @Override
    public byte[] hop(CleanedBlock block) {
        throw new UnsupportedOperationException("a token leaves in its record: output.granularity of tokens is record");
    }
}
