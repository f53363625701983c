package dev.limpid.codec;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Templates of log lines. Where there are some to begin with, only lines that are like none of them teach new ones. */
public final class LogLearner implements TokenLearner {
    private final LogTemplates known;
    private final Drain drain = new Drain(Drain.Spec.DEFAULT);

    /** @param first whose tokens are the templates to begin with */
    public LogLearner(Vocabulary first) {
        this.known = LogTemplates.of(first);
    }

    @Override
    public void learn(String line) {
        if (known.match(line) == LogTemplates.UNKNOWN) {
            drain.learn(line);
        }
    }

    /** What was learned, as it will stay, behind those it began with. */
    public LogTemplates templates() {
        List<LogTemplate> all = new ArrayList<>(known.templates());
        all.addAll(drain.freeze().templates());
        return new LogTemplates(all, Drain.Spec.DEFAULT);
    }

    /** One of more than {@value Vocabulary#MAX_CHARACTERS} characters is none. */
    @Override
    public Vocabulary vocabulary() {
        Map<String, Long> counts = new LinkedHashMap<>();
        templates().templates().stream()
                .filter(template -> template.text().length() <= Vocabulary.MAX_CHARACTERS)
                .forEach(template -> counts.merge(template.text(), template.lines(), Long::sum));
        return new Vocabulary(counts.entrySet().stream()
                .map(entry -> new Vocabulary.Entry(entry.getKey(), entry.getValue()))
                .toList());
    }
}
