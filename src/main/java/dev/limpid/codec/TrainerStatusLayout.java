package dev.limpid.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.model.TrainerStatus.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The JSON of a {@link TrainerStatus}; docs/formats.md has an example. */
public final class TrainerStatusLayout {
    private static final int FORMAT = 1;
    private static final int SLASHES = 3;

    private TrainerStatusLayout() {}

    /** Whether a record of that key on the status topic is one. */
    public static boolean isKey(String key) {
        return key.endsWith(TrainerStatus.KEY_SUFFIX)
                && key.chars().filter(c -> c == '/').count() == SLASHES;
    }

    /** The value of the record on the status topic. */
    public static byte[] encode(TrainerStatus status) {
        ObjectNode object = StrictJson.object()
                .put("format", FORMAT)
                .put("pipeline", status.pipeline())
                .put("instance", status.instance())
                .put("name", status.name())
                .put("outcome", word(status.outcome()))
                .put("inForce", status.inForce())
                .put("model", status.model());
        status.judged().ifPresent(judged -> object.set("judged", tree(judged)));
        object.put("reason", status.reason())
                .put("startedMs", status.startedMs())
                .put("atMs", status.atMs());
        return StrictJson.bytes(object);
    }

    private static ObjectNode tree(Judged judged) {
        ObjectNode tree = StrictJson.object();
        put(tree, "errorInForce", judged.errorInForce());
        put(tree, "error", judged.error());
        put(tree, "lowerBy", judged.lowerBy());
        put(tree, "atLeast", judged.atLeast());
        put(tree, "atMost", judged.atMost());
        return tree.put("pieces", judged.pieces()).put("series", judged.series());
    }

    /** What is not finite is no number of JSON, and absent. */
    private static void put(ObjectNode tree, String name, double value) {
        if (Double.isFinite(value)) {
            tree.put(name, value);
        }
    }

    /**
     * Reads a record's value; a figure that is absent is NaN.
     *
     * @throws IllegalArgumentException if it is none; the message says what was got and wanted
     */
    public static TrainerStatus decode(byte[] bytes) {
        StrictJson json = StrictJson.read(bytes, "trainer status", FORMAT);
        TrainerStatus status = new TrainerStatus(
                json.text("pipeline"),
                json.text("instance"),
                json.text("name"),
                outcome(json.text("outcome")),
                json.text("inForce"),
                json.text("model"),
                json.has("judged") ? Optional.of(judged(json.inner("judged"))) : Optional.empty(),
                json.text("reason"),
                json.number("startedMs"),
                json.number("atMs"));
        json.finish();
        return status;
    }

    private static Judged judged(StrictJson json) {
        Judged judged = new Judged(
                json.decimalOr("errorInForce", Double.NaN),
                json.decimalOr("error", Double.NaN),
                json.decimalOr("lowerBy", Double.NaN),
                json.decimalOr("atLeast", Double.NaN),
                json.decimalOr("atMost", Double.NaN),
                json.number("pieces"),
                json.number("series"));
        json.finish();
        return judged;
    }

    /** In lower case with hyphens, as {@code not-better}. */
    public static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Outcome outcome(String word) {
        return Arrays.stream(Outcome.values())
                .filter(each -> word(each).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("trainer status: outcome is '" + word + "', wanted one of "
                                + Arrays.stream(Outcome.values())
                                        .map(TrainerStatusLayout::word)
                                        .toList()));
    }
}
