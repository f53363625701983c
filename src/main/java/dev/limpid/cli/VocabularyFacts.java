package dev.limpid.cli;

import dev.limpid.model.Vocabulary;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How large a model's vocabulary is, how much of its training each token was, and which are the most frequent. */
record VocabularyFacts(Vocabulary vocabulary) {
    private static final int SHOWN = 8;
    /** Characters shown of a token: templates of log lines are long. */
    private static final int MOST_CHARACTERS = 40;

    /** For programs. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("tokens", vocabulary.entries().size());
        tree.put("inTraining", inTraining());
        tree.put("notInTraining", notInTraining());
        tree.put("make90Percent", making(0.9));
        tree.put("make99Percent", making(0.99));
        tree.put("mostFrequent", byCount().stream().limit(SHOWN).toList());
        return tree;
    }

    /** For people: {@code 14 tokens; of the 74,005 in training 7 make up 90 %, 11 make up 99 %}. */
    String text() {
        String size =
                String.format(Locale.ROOT, "%,d tokens", vocabulary.entries().size());
        if (inTraining() == 0) {
            return size;
        }
        return size
                + String.format(
                        Locale.ROOT,
                        "; of the %,d in training %,d make up 90 %%, %,d make up 99 %%",
                        inTraining(),
                        making(0.9),
                        making(0.99))
                + (notInTraining() == 0 ? "" : String.format(Locale.ROOT, "; %,d were not there", notInTraining()));
    }

    /** For people: the most frequent and their shares of the training, {@code '5' 26.3 %}. */
    String mostFrequent() {
        return byCount().stream()
                .limit(SHOWN)
                .filter(entry -> entry.count() > 0)
                .map(entry -> String.format(
                        Locale.ROOT, "'%s' %.1f %%", shortened(entry.token()), 100.0 * entry.count() / inTraining()))
                .collect(Collectors.joining(", "));
    }

    private List<Vocabulary.Entry> byCount() {
        return vocabulary.entries().stream()
                .sorted(Comparator.comparingLong(Vocabulary.Entry::count).reversed())
                .toList();
    }

    private long inTraining() {
        return vocabulary.entries().stream().mapToLong(Vocabulary.Entry::count).sum();
    }

    private long notInTraining() {
        return vocabulary.entries().stream().filter(entry -> entry.count() == 0).count();
    }

    /** How many tokens, the most frequent first, make up that share of the training. */
    private int making(double share) {
        long left = (long) Math.ceil(share * inTraining());
        int tokens = 0;
        for (Vocabulary.Entry entry : byCount()) {
            if (left <= 0) {
                break;
            }
            left -= entry.count();
            tokens++;
        }
        return tokens;
    }

    private static String shortened(String token) {
        String plain = token.chars().anyMatch(Character::isISOControl) ? token.replaceAll("\\p{Cntrl}", "?") : token;
        return plain.codePointCount(0, plain.length()) <= MOST_CHARACTERS
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MOST_CHARACTERS)) + "…";
    }
}
