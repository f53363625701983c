package dev.limpid.cli;

import dev.limpid.demo.DemoFrame;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows a demo as it goes: redrawn in place on a terminal, else a line every few seconds. Confined to one thread. */
final class Screen {
    private static final long LINE_MS = 2_000;
    private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*m");
    private static final String CLEAR = "\033[2J";
    private static final String HOME = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colours;
    private boolean begun;
    private long lineNanos;

    /**
     * @param out where to; if it is a terminal, it must understand ANSI sequences and UTF-8
     * @param colours whether a terminal gets them
     */
    Screen(PrintStream out, boolean terminal, boolean colours) {
        this.colours = colours;
        this.out = terminal ? new PrintStream(out, false, StandardCharsets.UTF_8) : out;
        this.terminal = terminal;
    }

    /** Whether colours are welcome: unless {@code NO_COLOR} is set to anything (no-color.org). */
    static boolean coloured() {
        String no = System.getenv("NO_COLOR");
        return no == null || no.isEmpty();
    }

    /** Whether a person watches: both ends of the process are a terminal that can be drawn on. */
    @SuppressWarnings(
            "SystemConsoleNull") // JDK 22 and later need -Djdk.console=java.base for it, which the launcher sets
    static boolean watched() {
        return terminal(System.console()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Up to JDK 21 there is a console only on a terminal; since JDK 22 there always is one, and it knows. */
    private static boolean terminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    void show(DemoFrame frame) {
        long now = System.nanoTime();
        if (terminal) {
            draw(frame.picture());
            begun = true;
            return;
        }
        frame.event().ifPresent(out::println);
        if (!begun || now - lineNanos >= LINE_MS * 1_000_000) {
            out.println(frame.line());
            lineNanos = now;
        }
        begun = true;
    }

    private void draw(List<String> lines) {
        StringBuilder text = new StringBuilder(begun ? HOME : CLEAR + HOME);
        lines.forEach(line -> text.append(colours ? line : COLOUR.matcher(line).replaceAll(""))
                .append(REST_OF_LINE)
                .append('\n'));
        out.print(text.append(REST_OF_SCREEN));
        out.flush();
    }
}
