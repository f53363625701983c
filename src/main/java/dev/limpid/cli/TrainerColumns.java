package dev.limpid.cli;

import dev.limpid.codec.TrainerStatusLayout;
import dev.limpid.model.TrainerStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What trainers came to, for people and as JSON. */
final class TrainerColumns {
    private TrainerColumns() {}

    static void print(List<TrainerStatus> trainers, PrintWriter out, String indent) {
        if (trainers.isEmpty()) {
            return;
        }
        Columns columns = new Columns("pipeline", "trainer", "round ended", "came to", "model", "");
        for (TrainerStatus status : trainers) {
            columns.row(
                    status.pipeline(),
                    status.instance(),
                    time(status.atMs()),
                    TrainerStatusLayout.word(status.outcome()),
                    status.model(),
                    status.reason());
        }
        columns.print(out, indent);
    }

    static Map<String, @Nullable Object> tree(TrainerStatus status) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("pipeline", status.pipeline());
        tree.put("trainer", status.instance());
        tree.put("started", time(status.startedMs()));
        tree.put("at", time(status.atMs()));
        tree.put("outcome", TrainerStatusLayout.word(status.outcome()));
        tree.put("inForce", status.inForce());
        tree.put("model", status.model());
        status.judged().ifPresent(judged -> {
            tree.put("errorInForce", finite(judged.errorInForce()));
            tree.put("error", finite(judged.error()));
            tree.put("lowerBy", finite(judged.lowerBy()));
            tree.put("atLeast", finite(judged.atLeast()));
            tree.put("atMost", finite(judged.atMost()));
        });
        tree.put("reason", status.reason());
        return tree;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
