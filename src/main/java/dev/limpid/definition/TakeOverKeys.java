package dev.limpid.definition;

import dev.limpid.definition.Definition.TakeOver;
import dev.limpid.model.PromoteWhen;
import dev.limpid.model.TrialSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a definition's {@code model} block that say how a newer model takes over. */
final class TakeOverKeys {
    private static final List<String> BLOCKS = List.of("rollback", "shadow", "promote-when");

    private TakeOverKeys() {}

    /** @param followed whether newer models are announced at all */
    static TakeOver read(Section model, boolean followed) {
        for (String block : BLOCKS) {
            if (!followed && model.has(block)) {
                model.problem(
                        block, "has no meaning without model.topic; remove it, or set model.topic: limpid.models");
            }
        }
        TrialSpec rollback = rollback(model.section("rollback"));
        Section shadow = model.section("shadow");
        double share = shadow.share("share", TakeOver.DEFAULT.shadowShare());
        shadow.finish();
        boolean ruled = model.has("promote-when");
        PromoteWhen rule = promoteWhen(model.section("promote-when"));
        return new TakeOver(rollback, share, ruled ? Optional.of(rule) : Optional.empty());
    }

    private static PromoteWhen promoteWhen(Section section) {
        PromoteWhen standard = PromoteWhen.DEFAULT;
        int windows = section.integer("windows", (int) standard.windows(), 1, Integer.MAX_VALUE, "windows");
        double worse = section.share("error-worse-by", standard.errorWorseBy());
        double better = section.share("error-better-by", standard.errorBetterBy());
        double alerts = section.share("alerts-more-by", standard.alertsMoreBy());
        section.finish();
        return new PromoteWhen(windows, worse, better, alerts);
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
        tree.put("shadow", Map.of("share", takeOver.shadowShare()));
        takeOver.promoteWhen().ifPresent(rule -> {
            Map<String, Object> when = new LinkedHashMap<>();
            when.put("windows", rule.windows());
            when.put("error-worse-by", rule.errorWorseBy());
            when.put("error-better-by", rule.errorBetterBy());
            when.put("alerts-more-by", rule.alertsMoreBy());
            tree.put("promote-when", when);
        });
        return tree;
    }
}
