package dev.limpid.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.limpid.model.Compared;
import dev.limpid.model.ShadowStatus;
import dev.limpid.signal.Floats;

/** The JSON of a {@link ShadowStatus}; docs/formats.md has an example. */
public final class ShadowStatusLayout {
    private static final int FORMAT = 1;
    private static final int SLASHES = 3;

    private ShadowStatusLayout() {}

    /** Whether a record of that key on the status topic is one, and no status of a model. */
    public static boolean isKey(String key) {
        return key.endsWith(ShadowStatus.KEY_SUFFIX)
                && key.chars().filter(c -> c == '/').count() == SLASHES;
    }

    /** The value of the record on the status topic. */
    public static byte[] encode(ShadowStatus status) {
        Compared compared = status.compared();
        ObjectNode object = StrictJson.object()
                .put("format", FORMAT)
                .put("pipeline", status.pipeline())
                .put("instance", status.instance())
                .put("name", status.name())
                .put("inForce", status.inForce())
                .put("shadow", status.shadow())
                .put("sequence", status.sequence())
                .put("running", status.running())
                .put("sinceMs", status.sinceMs())
                .put("atMs", status.atMs())
                .put("windows", compared.windows())
                .put("dropped", compared.dropped())
                .put("apart", compared.apart());
        object.set("ofInForce", tree(compared.inForce()));
        object.set("ofShadow", tree(compared.shadow()));
        object.put("note", status.note());
        return StrictJson.bytes(object);
    }

    private static ObjectNode tree(Compared.Figures figures) {
        ObjectNode object = StrictJson.object();
        if (Double.isFinite(figures.error())) {
            object.put("error", figures.error());
        }
        ArrayNode scores = object.putArray("scores");
        for (int i = 0; i < figures.scores().length(); i++) {
            scores.add(figures.scores().at(i));
        }
        return object.put("alerts", figures.alerts())
                .put("failed", figures.failed())
                .put("nanosPerWindow", figures.nanosPerWindow());
    }

    /**
     * Reads a record's value.
     *
     * @throws IllegalArgumentException if it is none; the message says what was got and wanted
     */
    public static ShadowStatus decode(byte[] bytes) {
        StrictJson json = StrictJson.read(bytes, "shadow status", FORMAT);
        ShadowStatus status = new ShadowStatus(
                json.text("pipeline"),
                json.text("instance"),
                json.text("name"),
                json.text("inForce"),
                json.text("shadow"),
                json.number("sequence"),
                json.truth("running"),
                json.number("sinceMs"),
                json.number("atMs"),
                new Compared(
                        json.number("windows"),
                        json.number("dropped"),
                        json.number("apart"),
                        figures(json.inner("ofInForce")),
                        figures(json.inner("ofShadow"))),
                json.text("note"));
        json.finish();
        return status;
    }

    private static Compared.Figures figures(StrictJson json) {
        double error = json.decimalOr("error", Double.NaN);
        Floats scores = json.decimals("scores");
        int wanted = Compared.PROBABILITIES.length();
        if (scores.length() != 0 && scores.length() != wanted) {
            throw new IllegalArgumentException(
                    "shadow status: " + scores.length() + " scores, wanted none or " + wanted);
        }
        Compared.Figures figures = new Compared.Figures(
                error, scores, json.number("alerts"), json.number("failed"), json.number("nanosPerWindow"));
        json.finish();
        return figures;
    }
}
