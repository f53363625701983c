package dev.limpid.demo;

import java.util.List;
import java.util.Optional;

/**
 * How a demo run stands.
 *
 * @param picture for a terminal of 80 columns by 24 rows, with ANSI colours
 * @param line the same in one line of plain text
 * @param event what has just happened to the model, in one line of plain text, told once
 */
public record DemoFrame(List<String> picture, String line, Optional<String> event) {
    public DemoFrame {
        picture = List.copyOf(picture);
    }
}
