package dev.limpid.cli;

import dev.limpid.codec.Drain;
import dev.limpid.codec.LogLearner;
import dev.limpid.codec.LogTemplates;
import dev.limpid.model.Vocabulary;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions of raw log lines, for a definition with {@code input.format: drain}: one line a row, an empty row behind each session. The templates are
 * learned from all files, then frozen, and each line becomes the text of its own: these are the model's vocabulary. Where one is given to begin
 * with, only lines that are like none of its templates teach new ones.
 */
final class LogSessions {
    private LogSessions() {}

    /** @param problems gets what is wrong with the files */
    static List<SessionFile> read(List<Path> files, Vocabulary first, List<String> problems) throws IOException {
        List<TextLines> texts = new ArrayList<>();
        LogLearner learner = new LogLearner(first);
        for (Path file : files) {
            TextLines text = TextLines.read(file);
            text.lines().stream().filter(line -> !line.isBlank()).forEach(learner::learn);
            texts.add(text);
        }
        LogTemplates templates = learner.templates();
        List<String> tokens = new ArrayList<>();
        templates.templates().forEach(template -> {
            String token = template.text();
            tokens.add(token);
            if (token.length() > Vocabulary.MAX_CHARACTERS) {
                problems.add("a template has " + token.length() + " characters, needs at most "
                        + Vocabulary.MAX_CHARACTERS + ": " + token.substring(0, 80) + "…");
            }
        });
        List<SessionFile> read = new ArrayList<>();
        for (TextLines text : texts) {
            read.add(new SessionFile(text.name(), text.sha256(), sessions(text, templates, tokens, problems)));
        }
        return read;
    }

    private static List<List<String>> sessions(
            TextLines text, LogTemplates templates, List<String> tokens, List<String> problems) {
        List<List<String>> sessions = new ArrayList<>();
        List<String> session = new ArrayList<>();
        int unknown = 0;
        for (String line : text.lines()) {
            int template = line.isBlank() ? LogTemplates.UNKNOWN : templates.match(line);
            if (template != LogTemplates.UNKNOWN) {
                session.add(tokens.get(template));
            } else if (!line.isBlank()) {
                unknown++;
            } else if (!session.isEmpty()) {
                sessions.add(List.copyOf(session));
                session.clear();
            }
        }
        if (!session.isEmpty()) {
            sessions.add(List.copyOf(session));
        }
        if (unknown > 0) {
            problems.add(text.name() + ": " + unknown + " lines have no template: more than "
                    + Drain.Spec.DEFAULT.mostTemplates() + " are needed, so these are hardly log lines of one system");
        }
        return sessions;
    }
}
