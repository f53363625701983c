package dev.limpid.definition;

import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.Merging;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SegmentEnd;
import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * How tokens are read, when they are replaced, and what parts them into sessions.
 *
 * @param fillAbove the model's confidence from which on a masked token is filled in
 * @param replaceAbove the confidence from which on another token is replaced
 * @param reportAbove the probability above which a cleaned JSON record tells of a token that is missing
 * @param reportTop how many tokens of a window its score names, see {@link dev.limpid.score.Surprisal#of}
 * @param masked the text of a token that is known to be missing
 * @param session what ends a session, beside {@code gaps}
 */
public record Tokens(
        double fillAbove, double replaceAbove, double reportAbove, int reportTop, String masked, Session session) {
    /** What ends a session. */
    public sealed interface Session {
        /** Nothing but {@code gaps}. */
        record ByGap() implements Session {}

        /** Each record is one. */
        record ByRecord() implements Session {}

        /** The record that holds this token. */
        record ByMarker(String token) implements Session {}

        /** The record with which it has that many tokens. */
        record ByLength(int tokens) implements Session {}
    }

    /** A plain spec with all that is said of tokens, with the ids of that vocabulary. */
    PipelineSpec spec(PipelineSpec plain, Vocabulary vocabulary) {
        return plain.with(segmentEnd(vocabulary), merging(vocabulary)).telling(reportTop);
    }

    /** What ends a segment, with the ids of that vocabulary. */
    private SegmentEnd segmentEnd(Vocabulary vocabulary) {
        if (session instanceof Session.ByMarker marker) {
            int id = vocabulary.id(marker.token());
            // without it in the vocabulary, which problems() tells, no token is it
            return new SegmentEnd.Marker(id == Kind.Tokens.UNKNOWN ? -1 : id);
        }
        if (session instanceof Session.ByLength length) {
            return new SegmentEnd.Length(length.tokens());
        }
        return session instanceof Session.ByRecord ? SegmentEnd.RECORD : SegmentEnd.GAPS;
    }

    private Merging merging(Vocabulary vocabulary) {
        return new Merging.MostConfident((float) fillAbove, (float) replaceAbove, vocabulary.ids());
    }

    /** What is wrong with a model's vocabulary for a definition; empty if nothing is. */
    List<String> problems(Definition definition, Vocabulary vocabulary) {
        List<String> problems = new ArrayList<>();
        if (session instanceof Session.ByMarker marker && vocabulary.id(marker.token()) == Kind.Tokens.UNKNOWN) {
            problems.add("tokens.session: the marker '" + marker.token() + "' is not in the vocabulary of " + vocabulary
                    + "; train the model on sessions that hold it, or choose another end");
        }
        if (vocabulary.id(masked) != Kind.Tokens.UNKNOWN) {
            problems.add(
                    "tokens.masked: '" + masked + "' is a token of the vocabulary; choose a text that no token has");
        }
        if (definition.input().format() == Definition.Format.CSV) {
            vocabulary.entries().stream()
                    .map(Vocabulary.Entry::token)
                    .filter(token -> token.indexOf(0x0a) >= 0 || token.indexOf(0x0d) >= 0)
                    .findFirst()
                    .ifPresent(token -> problems.add("input.format: a csv line ends with its record, but '" + token
                            + "' of the vocabulary holds a line end; use json"));
        }
        if (definition.input().format() == Definition.Format.TEXT) {
            vocabulary.entries().stream()
                    .map(Vocabulary.Entry::token)
                    .filter(token -> token.isEmpty() || token.chars().anyMatch(Character::isWhitespace))
                    .findFirst()
                    .ifPresent(token -> problems.add("input.format: text parts tokens by white space, but '" + token
                            + "' of the vocabulary holds some or is empty; use json"));
        }
        return problems;
    }
}
