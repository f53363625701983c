package dev.limpid.train.tokens;

import dev.limpid.model.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sessions of one file.
 *
 * @param name the file's name
 * @param sha256 digest of its bytes, lower-case hex
 * @param sessions their tokens, in the order of the file
 */
public record SessionFile(String name, String sha256, List<List<String>> sessions) {
    private static final int MOST_PROBLEMS = 10;

    public SessionFile {
        sessions = List.copyOf(sessions);
    }

    /**
     * Reads {@code file}, plain or {@code .gz}: one session a line, its tokens separated by spaces. Empty lines are none.
     *
     * @param problems gets what is wrong with it, up to ten lines; such lines are left out
     */
    public static SessionFile read(Path file, List<String> problems) throws IOException {
        TextLines text = TextLines.read(file);
        List<List<String>> sessions = new ArrayList<>();
        Map<String, String> known = new HashMap<>();
        int wrong = 0;
        for (int line = 0; line < text.lines().size(); line++) {
            List<String> tokens = tokens(text.lines().get(line), known);
            int longest = tokens.stream().mapToInt(String::length).max().orElse(0);
            if (longest > Vocabulary.MAX_CHARACTERS) {
                if (++wrong <= MOST_PROBLEMS) {
                    problems.add(text.name() + ", line " + (line + 1) + ": a token has " + longest
                            + " characters, needs at most " + Vocabulary.MAX_CHARACTERS);
                }
            } else if (!tokens.isEmpty()) {
                sessions.add(tokens);
            }
        }
        return new SessionFile(text.name(), text.sha256(), sessions);
    }

    /** @param known gives each text once, however often it stands there */
    private static List<String> tokens(String line, Map<String, String> known) {
        List<String> tokens = new ArrayList<>();
        for (String token : line.strip().split("\\s+", -1)) {
            if (!token.isEmpty()) {
                tokens.add(known.computeIfAbsent(token, text -> text));
            }
        }
        return List.copyOf(tokens);
    }
}
