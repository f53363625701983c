package dev.limpid.service;

import dev.limpid.kafka.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a round trains on, and what it judges by: of each partition the newest share is held back, and never less recent than what the
 * model in force was trained on, so that neither model has seen it.
 */
record Split(List<OffsetRange> training, List<OffsetRange> judged) {
    /**
     * Splits.
     *
     * @param share of each partition's offsets to judge by
     * @param seen what the model in force was trained on, as its provenance writes it
     */
    static Split of(List<OffsetRange> ranges, double share, Map<String, String> seen) {
        List<OffsetRange> training = new ArrayList<>();
        List<OffsetRange> judged = new ArrayList<>();
        for (OffsetRange range : ranges) {
            long held = (long) Math.ceil(range.length() * share);
            long known = OffsetRange.endOf(seen.getOrDefault(range.place(), ""));
            long cut = Math.max(range.from(), Math.min(range.to(), Math.max(range.to() - held, known)));
            training.add(range.to(cut));
            judged.add(range.from(cut));
        }
        return new Split(training, judged);
    }
}
