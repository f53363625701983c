package dev.limpid.codec;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Templates of log lines. Where there are some to begin with, only lines that are like none of them teach new ones, up to as many in all as
 * {@link Drain.Spec#mostTemplates} says.
 */
public final class LogLearner implements TokenLearner {
    private final LogTemplates known;
    private final Drain drain;
    private final int most;
    private long left;

    /** @param first whose tokens are the templates to begin with */
    public LogLearner(Vocabulary first) {
        this(first, Drain.Spec.DEFAULT);
    }

    LogLearner(Vocabulary first, Drain.Spec spec) {
        this.known = LogTemplates.of(first);
        this.most = spec.mostTemplates();
        int room = Math.max(0, most - first.entries().size());
        this.drain = new Drain(new Drain.Spec(spec.similarity(), spec.mostFirst(), room));
    }

    @Override
    public void learn(String line) {
        String[] tokens = LogTokens.of(line);
        if (known.match(tokens) == LogTemplates.UNKNOWN && drain.learn(tokens) == LogTemplates.UNKNOWN) {
            left++;
        }
    }

    @Override
    public Vocabulary vocabulary() {
        List<LogTemplate> all = new ArrayList<>(known.templates());
        all.addAll(drain.freeze().templates());
        Map<String, Long> counts = new LinkedHashMap<>();
        all.forEach(template -> counts.merge(template.text(), template.lines(), Long::sum));
        return new Vocabulary(counts.entrySet().stream()
                .map(entry -> new Vocabulary.Entry(entry.getKey(), entry.getValue()))
                .toList());
    }

    @Override
    public Optional<String> shortage() {
        return left == 0
                ? Optional.empty()
                : Optional.of(left + " log lines are like none of " + most
                        + " templates, the most there is room for, and stay unknown: are they lines of one system?");
    }
}
