package dev.limpid.cli;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Tokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.io.InputStream;

/**
 * Sessions of a file, laid out as for {@code limpid train}: one a line, tokens with spaces between them; or raw log lines, an empty row behind
 * each. Confined to one thread.
 */
sealed interface SessionLines {
    /**
     * Fills {@code into} with the next session; whether there was one.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    boolean next(Block into) throws IOException;

    /**
     * As {@code input.format} says, of which only log lines are laid out in their own way.
     *
     * @param in closed by the caller
     */
    static SessionLines of(Definition definition, Tokens tokens, Vocabulary vocabulary, InputStream in) {
        return definition.input().format() == Definition.Format.DRAIN
                ? new OfLog(new NumberedLines(
                        in,
                        Decoders.of(definition, vocabulary),
                        "a line is a log line, and an empty one ends a session"))
                : new OfWords(new NumberedLines(
                        in,
                        Decoders.ofText(tokens, vocabulary),
                        "a line is a session, tokens with spaces between them"));
    }

    /** One a line. */
    record OfWords(NumberedLines lines) implements SessionLines {
        @Override
        public boolean next(Block into) throws IOException {
            if (!lines.next()) {
                return false;
            }
            lines.decode(into);
            return true;
        }
    }

    /** One log line a line. */
    record OfLog(NumberedLines lines) implements SessionLines {
        @Override
        public boolean next(Block into) throws IOException {
            Block line = new Block(1);
            into.begin(0);
            while (lines.next() && !(lines.blank() && into.size() > 0)) {
                if (!lines.blank()) {
                    lines.decode(line);
                    into.add(line.value(0, 0));
                }
            }
            return into.size() > 0;
        }
    }

    /** The lines of a file and how to read them. Mutable. */
    final class NumberedLines {
        private final Lines lines;
        private final Decoder decoder;
        private final String wanted;
        private byte[] line = {};
        private long number;

        /** @param wanted how the file is laid out, for whoever wrote it in another way */
        NumberedLines(InputStream in, Decoder decoder, String wanted) {
            this.lines = new Lines(in);
            this.decoder = decoder;
            this.wanted = wanted;
        }

        /** Goes to the next line; whether there is one. */
        boolean next() throws IOException {
            byte[] read = lines.next();
            number++;
            line = read == null ? new byte[0] : read;
            return read != null;
        }

        boolean blank() {
            for (byte each : line) {
                if (each < 0 || each > ' ') {
                    return false;
                }
            }
            return true;
        }

        void decode(Block into) {
            String problem = decoder.decode(line, 0, into);
            if (problem != null) {
                throw new IllegalArgumentException("line " + number + ": " + problem + "; " + wanted);
            }
        }
    }
}
