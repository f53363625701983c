package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.signal.Kind;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the tokens of a record, as JSON: which left as others, and before which some are likely to be missing. A JSON object has it
 * in its member {@code limpid}; beside all other values it goes as a header. One per thread.
 */
final class TokenNotes {
    /** A header lists no more once it has as many bytes. Another entry has up to 6 KiB, so none is greater than 16 KiB. */
    static final int MOST_BYTES = 8 * 1024;

    /** Characters of a token that a header has at most: a log line may be as long as a value. */
    static final int MOST_CHARACTERS = 1024;

    private final double reportAbove;
    private final Utf8Buffer out = new Utf8Buffer();

    /** @param reportAbove as {@link dev.limpid.definition.Tokens#reportAbove} */
    TokenNotes(double reportAbove) {
        this.reportAbove = reportAbove;
    }

    /** Whether any token is likely to be missing. */
    boolean misses(CleanedBlock block) {
        for (int token = 0; token < block.length(); token++) {
            if (block.missingBefore(token) > reportAbove) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@code {"replaced":[{"at":1,"raw":"E5"},{"at":3,"raw":null}],"missing":[…],"more":17}}; null if there is nothing to tell. {@code raw} is
     * null if the token was known to be missing; of a longer one there are the first {@value #MOST_CHARACTERS} characters, and its
     * {@code length}. {@code more} is how many entries of both lists are left out because the header is full.
     *
     * @param text of a token, as it came
     */
    byte @Nullable [] header(CleanedBlock block, IntFunction<String> text) {
        out.clear();
        int more = replaced(block, text);
        more += missing(block, out, out.size() == 0 ? '{' : ',', MOST_BYTES);
        if (out.size() == 0) {
            return null;
        }
        if (more > 0) {
            out.addAscii(",\"more\":").add(more);
        }
        return out.add('}').toBytes();
    }

    private int replaced(CleanedBlock block, IntFunction<String> text) {
        int listed = 0;
        int more = 0;
        for (int token = 0; token < block.length(); token++) {
            if (!TokenCodecs.changed(block, token)) {
                continue;
            }
            if (out.size() >= MOST_BYTES) {
                more++;
                continue;
            }
            out.addAscii(listed++ == 0 ? "{\"replaced\":[{\"at\":" : ",{\"at\":")
                    .add(token);
            out.addAscii(",\"raw\":");
            if (block.raw(token, 0) == Kind.Tokens.MASKED) {
                out.addAscii("null");
            } else {
                raw(text.apply(token));
            }
            out.add('}');
        }
        if (listed > 0) {
            out.add(']');
        }
        return more;
    }

    private void raw(String text) {
        int length = text.codePointCount(0, text.length());
        if (length <= MOST_CHARACTERS) {
            out.add(Utf8Buffer.quoted(text));
        } else {
            out.add(Utf8Buffer.quoted(text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS))));
            out.addAscii(",\"length\":").add(length);
        }
    }

    /**
     * Appends {@code "missing":[{"before":1,"count":2,"probability":0.75}]} with {@code separator} before it, if any is; {@code count} only if
     * the model says so.
     *
     * @param most lists no more once {@code to} has as many bytes
     * @return how many are not listed for that
     */
    int missing(CleanedBlock block, Utf8Buffer to, char separator, int most) {
        int listed = 0;
        int more = 0;
        for (int token = 0; token < block.length(); token++) {
            float probability = block.missingBefore(token);
            if (!(probability > reportAbove)) {
                continue;
            }
            if (to.size() >= most) {
                more++;
                continue;
            }
            if (listed++ == 0) {
                to.add(separator).addAscii("\"missing\":[");
            } else {
                to.add(',');
            }
            to.addAscii("{\"before\":").add(token);
            int count = block.missingCount(token);
            if (count > 0) {
                to.addAscii(",\"count\":").add(count);
            }
            to.addAscii(",\"probability\":").add(probability).add('}');
        }
        if (listed > 0) {
            to.add(']');
        }
        return more;
    }
}
