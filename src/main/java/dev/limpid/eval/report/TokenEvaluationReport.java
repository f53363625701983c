package dev.limpid.eval.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page of an evaluation of tokens: figures beside those of leaving them as they come, and records.
 *
 * @param figures titles and then a row per method
 * @param examples records with tokens that came wrong
 */
public record TokenEvaluationReport(
        String title, List<List<String>> figures, List<Example> examples, List<List<String>> provenance) {
    public TokenEvaluationReport {
        figures = List.copyOf(figures);
        examples = List.copyOf(examples);
        provenance = List.copyOf(provenance);
    }

    /** A record as it was, came and left. */
    public record Example(String was, String came, String left) {}

    public void write(Path file) throws IOException {
        Html html = new Html(title)
                .heading("Figures")
                .paragraph(
                        "Shares of tokens: of all, of those that came masked, of those that came as another one, and of the rest.")
                .ranking(figures)
                .heading("Records")
                .paragraph("The first that came with tokens masked or replaced.");
        for (Example example : examples) {
            html.words(List.of(
                    List.of("was", example.was()), List.of("came", example.came()), List.of("left", example.left())));
        }
        html.heading("Provenance").words(provenance);
        Files.writeString(file, html.done());
    }
}
