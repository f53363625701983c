package dev.limpid.codec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Share of the lines whose group holds exactly the lines of their template (Zhu et al. 2019). */
final class GroupingAccuracy {
    private GroupingAccuracy() {}

    /** @param truth the template of each line, and {@code found} the group that it was put into */
    static double of(List<Integer> truth, List<Integer> found) {
        Map<Integer, Set<Integer>> byTruth = groups(truth);
        long right = 0;
        for (Set<Integer> group : groups(found).values()) {
            Set<Integer> wanted = byTruth.get(truth.get(group.iterator().next()));
            right += group.equals(wanted) ? group.size() : 0;
        }
        return right / (double) truth.size();
    }

    private static Map<Integer, Set<Integer>> groups(List<Integer> of) {
        Map<Integer, Set<Integer>> groups = new HashMap<>();
        for (int i = 0; i < of.size(); i++) {
            groups.computeIfAbsent(of.get(i), none -> new HashSet<>()).add(i);
        }
        return groups;
    }
}
