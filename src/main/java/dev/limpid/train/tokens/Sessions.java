package dev.limpid.train.tokens;

import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sessions as ids of a vocabulary, in the order of their time. Immutable. */
public final class Sessions {
    private final Vocabulary vocabulary;
    private final SortedMap<String, String> digests;
    private final List<int[]> ids;

    private Sessions(Vocabulary vocabulary, SortedMap<String, String> digests, List<int[]> ids) {
        this.vocabulary = vocabulary;
        this.digests = digests;
        this.ids = ids;
    }

    /** The files' sessions, one file behind the other, by the vocabulary of all of their tokens. */
    public static Sessions of(List<SessionFile> files) {
        TokenCounts counts = new TokenCounts();
        files.forEach(file -> file.sessions().forEach(counts::add));
        return of(files, counts.vocabulary());
    }

    /** By a given vocabulary. */
    public static Sessions of(List<SessionFile> files, Vocabulary vocabulary) {
        SortedMap<String, String> digests = new TreeMap<>();
        List<int[]> ids = new ArrayList<>();
        for (SessionFile file : files) {
            digests.put(file.name(), file.sha256());
            for (List<String> session : file.sessions()) {
                ids.add(session.stream().mapToInt(vocabulary::id).toArray());
            }
        }
        return new Sessions(vocabulary, digests, ids);
    }

    /**
     * Sessions that are ids already.
     *
     * @param digests where they come from, by name
     * @param ids read only from here on
     */
    public static Sessions of(SortedMap<String, String> digests, Vocabulary vocabulary, List<int[]> ids) {
        return new Sessions(vocabulary, new TreeMap<>(digests), List.copyOf(ids));
    }

    /** The vocabulary of the tokens that they hold, behind {@code first}. */
    public Vocabulary counted(Vocabulary first) {
        long[] counts = new long[vocabulary.ids()];
        for (int[] session : ids) {
            for (int id : session) {
                counts[id]++;
            }
        }
        TokenCounts tokens = new TokenCounts();
        for (int id = Kind.Tokens.FIRST; id < counts.length; id++) {
            if (counts[id] > 0) {
                tokens.add(vocabulary.token(id), counts[id]);
            }
        }
        return tokens.vocabulary(first, Vocabulary.MAX_TOKENS);
    }

    /** The same as ids of another vocabulary. */
    public Sessions in(Vocabulary other) {
        int[] others = new int[vocabulary.ids()];
        for (int id = 0; id < others.length; id++) {
            others[id] = id < Kind.Tokens.FIRST ? id : other.id(vocabulary.token(id));
        }
        List<int[]> translated = new ArrayList<>();
        for (int[] session : ids) {
            translated.add(Arrays.stream(session).map(id -> others[id]).toArray());
        }
        return new Sessions(other, digests, translated);
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** SHA-256 of each file, by its name; of a topic, the offsets of each partition. */
    public SortedMap<String, String> digests() {
        return digests;
    }

    public int size() {
        return ids.size();
    }

    /** Tokens of all of them. */
    public long tokens() {
        return ids.stream().mapToLong(session -> session.length).sum();
    }

    /** The ids of one; not to be changed. */
    public int[] at(int session) {
        return ids.get(session);
    }

    /** Those from {@code from} to {@code to}, exclusive. */
    public Sessions slice(int from, int to) {
        return new Sessions(vocabulary, digests, List.copyOf(ids.subList(from, to)));
    }

    /** Others of the same vocabulary. */
    Sessions with(List<int[]> others) {
        return new Sessions(vocabulary, digests, List.copyOf(others));
    }

    /** All but those from {@code from} to {@code to}, exclusive. */
    public Sessions without(int from, int to) {
        List<int[]> left = new ArrayList<>(ids.subList(0, from));
        left.addAll(ids.subList(to, ids.size()));
        return new Sessions(vocabulary, digests, left);
    }
}
