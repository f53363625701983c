package dev.limpid.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import java.util.Arrays;
import java.util.Locale;

/** The JSON of a {@link ModelStatus}; docs/formats.md has an example. */
public final class StatusLayout {
    private static final int FORMAT = 1;

    private StatusLayout() {}

    /** The value of the record on the status topic. */
    public static byte[] encode(ModelStatus status) {
        ObjectNode object = StrictJson.object()
                .put("format", FORMAT)
                .put("pipeline", status.pipeline())
                .put("instance", status.instance())
                .put("name", status.name())
                .put("inForce", status.inForce())
                .put("sinceMs", status.sinceMs())
                .put("model", status.model())
                .put("verdict", word(status.verdict()));
        status.check().ifPresent(check -> object.put("check", check));
        object.put("reason", status.reason()).put("atMs", status.atMs()).put("sequence", status.sequence());
        return StrictJson.bytes(object);
    }

    /**
     * Reads a record's value.
     *
     * @throws IllegalArgumentException if it is no status; the message says what was got and wanted
     */
    public static ModelStatus decode(byte[] bytes) {
        StrictJson json = StrictJson.read(bytes, "status", FORMAT);
        ModelStatus status = new ModelStatus(
                json.text("pipeline"),
                json.text("instance"),
                json.text("name"),
                json.text("inForce"),
                json.number("sinceMs"),
                json.text("model"),
                verdict(json.text("verdict")),
                json.optionalText("check"),
                json.text("reason"),
                json.number("atMs"),
                json.number("sequence"));
        json.finish();
        return status;
    }

    /** {@code in-force}, {@code refused}, {@code shadow} or {@code rolled-back}. */
    public static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Verdict verdict(String word) {
        return Arrays.stream(Verdict.values())
                .filter(each -> word(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "status: verdict is '" + word + "', wanted in-force, refused, shadow or rolled-back"));
    }
}
