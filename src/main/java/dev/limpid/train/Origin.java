package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * A card's words on what a model was trained on, and how to do so again.
 *
 * @param data digests by file, offsets by partition of a topic; empty if signals are made up
 * @param known whether the recordings stood as clean
 * @param command the one that was typed
 */
record Origin(SortedMap<String, String> data, boolean known, String command) {
    boolean madeUp() {
        return data.isEmpty();
    }

    /** What the figures of held-out windows are worth; none if there is nothing to add. */
    List<String> caveats() {
        return known && ofTopic()
                ? List.of(
                        "Raw values of the topic stood as clean, noise and all: gain and error count what training added and"
                                + " the model took away. They say nothing of the noise that was there before.",
                        "")
                : List.of();
    }

    List<String> files() {
        if (madeUp()) {
            return List.of("None: signals and noise are made up, see `dev.limpid.train.synthetic`.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(ofTopic() ? "| partition or file | offsets or sha-256 |" : "| file | sha-256 |");
        lines.add("|---|---|");
        data.forEach((name, value) -> lines.add("| " + name + " | `" + value + "` |"));
        return lines;
    }

    List<String> again() {
        List<String> lines = new ArrayList<>(List.of("```", command, "```", ""));
        if (!ofTopic()) {
            lines.add("The same data, code and kind of CPU give the same bytes.");
            return lines;
        }
        List<String> ranges = new ArrayList<>();
        data.forEach((name, value) -> {
            if (offsets(value)) {
                ranges.add(name + " " + value);
            }
        });
        lines.add(
                "That reads what is on the topic by then, and `--since` counts back from then, so it gives another model."
                        + " This one read " + String.join(", ", ranges) + ".");
        return lines;
    }

    private boolean ofTopic() {
        return data.values().stream().anyMatch(Origin::offsets);
    }

    /** As {@link Recording#sha256} has them. */
    private static boolean offsets(String value) {
        return value.startsWith("offsets ");
    }
}
