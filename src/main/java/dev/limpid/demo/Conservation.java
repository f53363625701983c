package dev.limpid.demo;

import dev.limpid.kafka.Counts;
import dev.limpid.pipeline.Tally;
import java.util.ArrayList;
import java.util.List;

/** The law of conservation from three sides: what the broker took, what the topology counted, what the reader saw. */
final class Conservation {
    private Conservation() {}

    /** Why it does not hold, a sentence each; empty if it holds. */
    static List<String> problems(Feed feed, Ledger.Figures figures, Counts counts) {
        long left = figures.cleaned() + figures.imputed() + figures.passedThrough();
        List<String> problems = new ArrayList<>();
        require(problems, "records that the broker did not take", feed.failed(), 0);
        require(problems, "samples the broker took, against those sent", feed.acknowledged(), figures.sent());
        require(problems, "samples not answered", figures.pending(), 0);
        require(problems, "cleaned records repeated, out of order or never sent", figures.misplaced(), 0);
        require(
                problems,
                "samples answered, against those the broker took",
                left + figures.pending(),
                feed.acknowledged());
        require(
                problems,
                "samples the topology accepted, against those the broker took",
                counts.sum(Tally::accepted),
                feed.acknowledged());
        require(
                problems,
                "samples the topology cleaned, against those the reader saw",
                counts.sum(Tally::cleaned),
                figures.cleaned());
        return problems;
    }

    private static void require(List<String> problems, String what, long got, long wanted) {
        if (got != wanted) {
            problems.add(what + ": " + got + ", wanted " + wanted);
        }
    }
}
