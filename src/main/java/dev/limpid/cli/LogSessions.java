package dev.limpid.cli;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.codec.LogLearner;
import dev.limpid.definition.Definition;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Sessions of raw log lines, for a definition with {@code input.format: drain}: one line a row, an empty row behind each session. The files are
 * read twice, by the decoder that the pipeline has: first the templates are learned from all of them, then each line becomes the token that it
 * will be when the model serves. Where a vocabulary is given to begin with, only lines that are like none of its templates teach new ones.
 */
final class LogSessions {
    private static final int MOST_PROBLEMS = 10;

    private LogSessions() {}

    /** @param problems gets what is wrong with the files */
    static List<SessionFile> read(Definition definition, List<Path> files, Vocabulary first, List<String> problems)
            throws IOException {
        List<TextLines> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(TextLines.read(file));
        }
        LogLearner learner = new LogLearner(first);
        Decoder hearing = Decoders.hearing(definition, learner::learn);
        texts.forEach(text -> decode(text, hearing, id -> {}, () -> {}, problems));
        learner.shortage().ifPresent(problems::add);
        Vocabulary vocabulary = learner.vocabulary();
        Decoder serving = Decoders.of(definition, vocabulary);
        return texts.stream()
                .map(text -> new SessionFile(text.name(), text.sha256(), sessions(text, serving, vocabulary)))
                .toList();
    }

    private static List<List<String>> sessions(TextLines text, Decoder decoder, Vocabulary vocabulary) {
        List<List<String>> sessions = new ArrayList<>();
        List<String> session = new ArrayList<>();
        Runnable over = () -> {
            if (!session.isEmpty()) {
                sessions.add(List.copyOf(session));
                session.clear();
            }
        };
        decode(
                text,
                decoder,
                id -> {
                    if (id >= Kind.Tokens.FIRST) {
                        session.add(vocabulary.token(id));
                    }
                },
                over,
                new ArrayList<>());
        over.run();
        return sessions;
    }

    /**
     * Goes through a file.
     *
     * @param token gets the id of each line
     * @param over runs at each empty row
     */
    private static void decode(
            TextLines text, Decoder decoder, IntConsumer token, Runnable over, List<String> problems) {
        Block block = new Block(1);
        int wrong = 0;
        for (int i = 0; i < text.lines().size(); i++) {
            String line = text.lines().get(i);
            if (line.isBlank()) {
                over.run();
                continue;
            }
            String problem = decoder.decode(line.getBytes(StandardCharsets.UTF_8), 0, block);
            if (problem == null) {
                token.accept((int) block.value(0, 0));
            } else if (++wrong <= MOST_PROBLEMS) {
                problems.add(text.name() + ", line " + (i + 1) + ": " + problem);
            }
        }
    }
}
