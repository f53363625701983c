package dev.limpid.codec;

import dev.limpid.definition.Tokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import java.util.function.Consumer;

/**
 * Text to id and back, by the vocabulary that a pipeline started with: whatever model runs, its own begins with that one. Immutable.
 *
 * @param lookup gives the id of a text that is not {@code masked}
 * @param masked the text of a token that is known to be missing
 * @param reportAbove as {@link Tokens#reportAbove}
 */
record TokenTexts(Vocabulary vocabulary, Lookup lookup, String masked, double reportAbove) {
    /** Text to id; {@link Kind.Tokens#UNKNOWN} if it has none. */
    interface Lookup {
        int id(String text);
    }

    static TokenTexts of(Tokens tokens, Vocabulary vocabulary) {
        return new TokenTexts(vocabulary, vocabulary::id, tokens.masked(), tokens.reportAbove());
    }

    /** Texts are log lines without their headers, the vocabulary's tokens the templates of which each is one. */
    static TokenTexts ofLog(Tokens tokens, Vocabulary vocabulary) {
        LogTemplates templates = LogTemplates.of(vocabulary);
        return new TokenTexts(vocabulary, line -> id(templates.match(line)), tokens.masked(), tokens.reportAbove());
    }

    /** All texts are unknown, and handed on. */
    static TokenTexts hearing(Tokens tokens, Consumer<String> heard) {
        return new TokenTexts(
                Vocabulary.EMPTY,
                text -> {
                    heard.accept(text);
                    return Kind.Tokens.UNKNOWN;
                },
                tokens.masked(),
                tokens.reportAbove());
    }

    private static int id(int template) {
        return template == LogTemplates.UNKNOWN ? Kind.Tokens.UNKNOWN : Kind.Tokens.FIRST + template;
    }

    /** The id of a token. */
    float id(String text) {
        return text.equals(masked) ? Kind.Tokens.MASKED : lookup.id(text);
    }

    /** The text of an id of the vocabulary. */
    String text(float id) {
        return vocabulary.token((int) id);
    }
}
