package dev.limpid.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Log lines as one system writes them: a header, then what one of its statements says. Layouts follow those of the public collections
 * (Zhu et al. 2019); the statements are our own. A style is a file of {@code logs/}: the layout, then a statement a row, the
 * most frequent first, as {@code level|component|content}, with values in the places of {@code {…}}.
 */
public record LogStyle(String layout, List<Statement> statements) {
    /** What a line of the program logs. */
    public record Statement(String level, String component, String content) {}

    /** The style of that name. */
    public static LogStyle of(String name) {
        String path = "/logs/" + name + ".txt";
        try (InputStream in = Objects.requireNonNull(LogStyle.class.getResourceAsStream(path), path)) {
            List<String> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return new LogStyle(
                    rows.get(0), rows.stream().skip(1).map(LogStyle::statement).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Statement statement(String row) {
        String[] parts = row.split("\\|", 3);
        return new Statement(parts[0], parts[1], parts[2]);
    }

    /** The number of a statement to draw. */
    public int draw(RandomGenerator random) {
        return LogLines.draw(statements.size(), random);
    }

    /** A line of that statement. */
    public String line(int statement, RandomGenerator random) {
        Statement of = statements.get(statement);
        return LogLines.filled(
                layout.replace("{level}", of.level())
                        .replace("{component}", of.component())
                        .replace("{content}", of.content()),
                random);
    }
}
