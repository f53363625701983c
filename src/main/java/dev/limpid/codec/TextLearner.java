package dev.limpid.codec;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts as they are, counted. Of more than a vocabulary may have, the rarest are forgotten now and then: lossy counting in its plainest form
 * (Manku and Motwani 2002). One of more than {@value Vocabulary#MAX_CHARACTERS} characters stays unknown.
 */
final class TextLearner implements TokenLearner {
    private static final Comparator<Map.Entry<String, Long>> MOST_FREQUENT =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final Vocabulary first;
    private final int most;
    private final Map<String, Long> counts = new HashMap<>();

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
        if (text.length() <= Vocabulary.MAX_CHARACTERS) {
            counts.merge(text, 1L, Long::sum);
            if (counts.size() > 2 * most) {
                Set<String> kept = new HashSet<>();
                mostFrequent(most).forEach(entry -> kept.add(entry.token()));
                counts.keySet().retainAll(kept);
            }
        }
    }

    /** Texts that are counted now. */
    int size() {
        return counts.size();
    }

    private List<Vocabulary.Entry> mostFrequent(int limit) {
        return counts.entrySet().stream()
                .sorted(MOST_FREQUENT)
                .limit(limit)
                .map(entry -> new Vocabulary.Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public Vocabulary vocabulary() {
        List<Vocabulary.Entry> entries = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Vocabulary.Entry entry : first.entries()) {
            known.add(entry.token());
            entries.add(new Vocabulary.Entry(entry.token(), counts.getOrDefault(entry.token(), 0L)));
        }
        mostFrequent(counts.size()).stream()
                .filter(entry -> !known.contains(entry.token()))
                .limit(Math.max(0, most - entries.size()))
                .forEach(entries::add);
        return new Vocabulary(entries);
    }
}
