package dev.limpid.codec;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Texts as they are, counted. At most twice as many are counted at a time as a vocabulary may have: of one more, the rarer half is forgotten.
 * One that comes anew may have been forgotten before, so it is taken to have come as often as the most frequent of those, as in lossy counting
 * (Manku and Motwani 2002), but that nothing is forgotten while there is room. So one that is frequent later on is not held against
 * what came before it. One of more than {@value Vocabulary#MAX_CHARACTERS} characters stays unknown.
 */
final class TextLearner implements TokenLearner {
    private static final Comparator<Map.Entry<String, Count>> MOST_FREQUENT = Comparator.comparing(
                    (Map.Entry<String, Count> entry) -> entry.getValue().most())
            .reversed()
            .thenComparing(Map.Entry.comparingByKey());

    private final Vocabulary first;
    private final int most;
    private final Map<String, Count> counts = new HashMap<>();
    /** What a text that was forgotten may have come at most. */
    private long forgotten;

    private static final class Count {
        private final long missed;
        private long seen;

        private Count(long missed) {
            this.missed = missed;
        }

        /** How often it came at most. */
        private long most() {
            return seen + missed;
        }
    }

    TextLearner(Vocabulary first) {
        this(first, Vocabulary.MAX_TOKENS);
    }

    /** @param most tokens of a vocabulary; twice as many are counted at a time */
    TextLearner(Vocabulary first, int most) {
        this.first = first;
        this.most = most;
    }

    @Override
    public void learn(String text) {
        if (text.length() > Vocabulary.MAX_CHARACTERS) {
            return;
        }
        counts.computeIfAbsent(text, anew -> new Count(forgotten)).seen++;
        if (counts.size() > 2 * most) {
            List<Map.Entry<String, Count>> rarest =
                    counts.entrySet().stream().sorted(MOST_FREQUENT).skip(most).toList();
            forgotten = rarest.get(0).getValue().most();
            rarest.forEach(entry -> counts.remove(entry.getKey()));
        }
    }

    /** Texts that are counted now. */
    int size() {
        return counts.size();
    }

    /** By how often they came at most, each with how often it was seen since it was last forgotten. */
    @Override
    public Vocabulary vocabulary() {
        List<Vocabulary.Entry> entries = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Vocabulary.Entry entry : first.entries()) {
            Count count = counts.get(entry.token());
            known.add(entry.token());
            entries.add(new Vocabulary.Entry(entry.token(), count == null ? 0 : count.seen));
        }
        counts.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .sorted(MOST_FREQUENT)
                .limit(Math.max(0, most - entries.size()))
                .forEach(entry -> entries.add(new Vocabulary.Entry(entry.getKey(), entry.getValue().seen)));
        return new Vocabulary(entries);
    }

    @Override
    public Optional<String> shortage() {
        Set<String> all = new HashSet<>(counts.keySet());
        first.entries().forEach(entry -> all.add(entry.token()));
        return forgotten == 0 && all.size() <= most
                ? Optional.empty()
                : Optional.of("there are more than " + most
                        + " different tokens, the most of a vocabulary; the rarest stay unknown");
    }
}
