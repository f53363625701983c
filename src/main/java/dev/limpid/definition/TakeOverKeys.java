package dev.limpid.definition;

import dev.limpid.definition.Definition.TakeOver;
import dev.limpid.model.TrialSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a definition's {@code model} block that say how a newer model takes over. */
final class TakeOverKeys {
    private static final List<String> BLOCKS = List.of("rollback");

    private TakeOverKeys() {}

    /** @param followed whether newer models are announced at all */
    static TakeOver read(Section model, boolean followed) {
        for (String block : BLOCKS) {
            if (!followed && model.has(block)) {
                model.problem(
                        block, "has no meaning without model.topic; remove it, or set model.topic: limpid.models");
            }
        }
        return new TakeOver(rollback(model.section("rollback")));
    }

    private static TrialSpec rollback(Section section) {
        TrialSpec standard = TrialSpec.DEFAULT;
        double failed = section.share("failed-share", standard.failedShare());
        double slow = section.share("slow-share", standard.slowShare());
        Duration perWindow = section.duration("latency-per-window", Duration.ofNanos(standard.nanosPerWindow()));
        Duration trial = section.duration("trial", Duration.ofNanos(standard.nanos()));
        section.finish();
        return new TrialSpec(failed, slow, perWindow.toNanos(), trial.toNanos());
    }

    /** The same as YAML, for {@link Effective}. */
    static Map<String, Object> tree(TakeOver takeOver) {
        Map<String, Object> rollback = new LinkedHashMap<>();
        rollback.put("failed-share", takeOver.rollback().failedShare());
        rollback.put("slow-share", takeOver.rollback().slowShare());
        rollback.put(
                "latency-per-window",
                Durations.text(Duration.ofNanos(takeOver.rollback().nanosPerWindow())));
        rollback.put(
                "trial", Durations.text(Duration.ofNanos(takeOver.rollback().nanos())));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("rollback", rollback);
        return tree;
    }
}
