package dev.limpid.train.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sessions with one fault each: what the checks are weighed by where nobody has abnormal sessions. A token is lost, comes twice, is put in,
 * stands for another one, changes places with another one, or the session breaks off; in turn.
 */
public final class Edited {
    private static final int KINDS = 6;

    private Edited() {}

    /** So many, of sessions drawn evenly. */
    public static Sessions of(Sessions sessions, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TokenFrequencies frequencies = new TokenFrequencies(sessions.vocabulary());
        List<int[]> edited = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> session = new ArrayList<>();
            for (int id : sessions.at(random.nextInt(sessions.size()))) {
                session.add(id);
            }
            edit(session, i % KINDS, frequencies, random);
            edited.add(session.stream().mapToInt(Integer::intValue).toArray());
        }
        return sessions.with(edited);
    }

    private static void edit(List<Integer> session, int kind, TokenFrequencies frequencies, SplittableRandom random) {
        int place = random.nextInt(session.size());
        switch (kind) {
            case 0 -> session.remove(place);
            case 1 -> session.add(place, session.get(place));
            case 2 -> session.add(place, frequencies.draw(random));
            case 3 -> session.set(place, frequencies.draw(random));
            case 4 -> {
                int other = random.nextInt(session.size());
                session.set(place, session.set(other, session.get(place)));
            }
            default -> session.subList(place, session.size()).clear();
        }
        if (session.isEmpty()) {
            session.add(frequencies.draw(random));
        }
    }
}
