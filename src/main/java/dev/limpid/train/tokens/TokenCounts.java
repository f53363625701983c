package dev.limpid.train.tokens;

import dev.limpid.model.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts tokens and makes a vocabulary of them. Confined to one thread. */
public final class TokenCounts {
    private final Map<String, Long> counts = new HashMap<>();

    public TokenCounts add(Iterable<String> tokens) {
        tokens.forEach(token -> counts.merge(token, 1L, Long::sum));
        return this;
    }

    /** One that was counted elsewhere. */
    TokenCounts add(String token, long count) {
        counts.merge(token, count, Long::sum);
        return this;
    }

    /** Those that were counted: by falling count, then by text. */
    public Vocabulary vocabulary() {
        return vocabulary(Vocabulary.EMPTY, Vocabulary.MAX_TOKENS);
    }

    /**
     * A vocabulary that begins with another one, so that its ids keep their meaning, and goes on with what else was counted.
     *
     * @param most tokens at most; the rarest are left out
     */
    public Vocabulary vocabulary(Vocabulary first, int most) {
        List<Vocabulary.Entry> entries = new ArrayList<>();
        Map<String, Long> left = new HashMap<>(counts);
        for (Vocabulary.Entry entry : first.entries()) {
            Long seen = left.remove(entry.token());
            entries.add(new Vocabulary.Entry(entry.token(), seen == null ? 0 : seen));
        }
        left.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.max(0, most - entries.size()))
                .forEach(entry -> entries.add(new Vocabulary.Entry(entry.getKey(), entry.getValue())));
        return new Vocabulary(entries);
    }
}
