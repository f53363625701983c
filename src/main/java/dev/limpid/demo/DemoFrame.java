package dev.limpid.demo;

import java.util.List;

/**
 * How a demo run stands.
 *
 * @param picture for a terminal of 80 columns by 24 rows, with ANSI colours
 * @param line the same in one line of plain text
 */
public record DemoFrame(List<String> picture, String line) {
    public DemoFrame {
        picture = List.copyOf(picture);
    }
}
