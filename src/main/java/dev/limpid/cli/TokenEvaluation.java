package dev.limpid.cli;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.eval.TokenErrors;
import dev.limpid.eval.report.TokenEvaluationReport;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.Tally;
import dev.limpid.signal.Block;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;

/**
 * How good a model is on tokens whose truth is known, beside leaving them as they come. Both files have a record a line, as {@code
 * input.format} has it. Everything in memory; used once, by one thread.
 */
final class TokenEvaluation {
    private static final int EXAMPLES = 12;

    private final Vocabulary vocabulary;
    private final TokenErrors errors = new TokenErrors();
    private final TokenErrors asTheyCome = new TokenErrors();
    private final List<TokenEvaluationReport.Example> examples = new ArrayList<>();
    private final Tally tally;

    /** @param slot the model; stays the caller's */
    TokenEvaluation(Definition definition, ModelSlot slot, Path input, Path clean) throws IOException {
        this.vocabulary = slot.spec().vocabulary();
        ByteArrayOutputStream cleaned = new ByteArrayOutputStream();
        try (InputStream in = open(input)) {
            tally = new TokenFile(definition, slot, cleaned, (series, score) -> {}).run(in);
        }
        Decoder decoder = Decoders.of(definition, vocabulary);
        try (InputStream noisy = open(input);
                InputStream truth = open(clean);
                InputStream out = new ByteArrayInputStream(cleaned.toByteArray())) {
            Lines came = new Lines(noisy);
            Lines were = new Lines(truth);
            Lines left = new Lines(out);
            long line = 1;
            for (byte[] each = came.next(); each != null; each = came.next(), line++) {
                byte[] was = were.next();
                byte[] became = left.next();
                if (was == null || became == null) {
                    throw new IllegalArgumentException(clean + " has " + (line - 1) + " lines, " + input + " has more");
                }
                if (each.length > 0) {
                    grade(decoder, line, new byte[][] {was, each, became}, clean);
                }
            }
            if (were.next() != null) {
                throw new IllegalArgumentException(clean + " has more lines than the " + (line - 1) + " of " + input);
            }
        }
        if (errors.tokens() == 0) {
            throw new IllegalArgumentException(input + " holds nothing to grade");
        }
    }

    /** @param texts what was, came and left */
    private void grade(Decoder decoder, long line, byte[][] texts, Path clean) {
        int[][] ids = new int[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            Block block = new Block(1);
            String problem = decoder.decode(texts[i], 0, block);
            if (problem != null) {
                throw new IllegalArgumentException(clean + ", line " + line + ": " + problem);
            }
            ids[i] = new int[block.length()];
            for (int token = 0; token < ids[i].length; token++) {
                ids[i][token] = (int) block.value(token, 0);
            }
        }
        if (ids[0].length != ids[1].length) {
            throw new IllegalArgumentException(
                    clean + ", line " + line + " has " + ids[0].length + " tokens, needs the " + ids[1].length
                            + " of the input: a token is masked or another one, never left out");
        }
        errors.add(ids[0], ids[1], ids[2]);
        asTheyCome.add(ids[0], ids[1], ids[1]);
        if (examples.size() < EXAMPLES && !java.util.Arrays.equals(ids[0], ids[1])) {
            examples.add(new TokenEvaluationReport.Example(text(texts[0]), text(texts[1]), text(texts[2])));
        }
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).strip();
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }

    /** For programs. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("tokens", errors.tokens());
        figures.put("masked", errors.masked());
        put(figures, "masked, restored", errors.maskedRestored());
        figures.put("replaced", errors.replaced());
        put(figures, "replaced, restored", errors.replacedRestored());
        figures.put("untouched", errors.untouched());
        put(figures, "untouched, changed", errors.untouchedChanged());
        put(figures, "right as they come", asTheyCome.right());
        put(figures, "right", errors.right());
        figures.put("unknown", tally.unknown());
        return figures;
    }

    private static void put(Map<String, Object> figures, String name, OptionalDouble share) {
        if (share.isPresent()) {
            figures.put(name, Math.rint(1e5 * share.getAsDouble()) / 1e5);
        }
    }

    /** The figures of each method, titles first. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "right", "masked, restored", "replaced, restored", "untouched, changed"));
        rows.add(row("model", errors));
        rows.add(row("as they come", asTheyCome));
        return rows;
    }

    private static List<String> row(String name, TokenErrors of) {
        return List.of(
                name,
                percent(of.right()),
                percent(of.maskedRestored()),
                percent(of.replacedRestored()),
                percent(of.untouchedChanged()));
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble()) : "–";
    }

    List<TokenEvaluationReport.Example> examples() {
        return List.copyOf(examples);
    }
}
