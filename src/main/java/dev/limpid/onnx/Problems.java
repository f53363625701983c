package dev.limpid.onnx;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a model, the first few of it: a hostile file may hold a million faults. Confined to one thread. */
final class Problems {
    private static final int MOST = 20;

    private final List<String> list = new ArrayList<>();
    private long count;

    void add(String problem) {
        count++;
        if (list.size() < MOST) {
            list.add(problem);
        }
    }

    List<String> list() {
        List<String> all = new ArrayList<>(list);
        if (count > MOST) {
            all.add("and " + (count - MOST) + " more");
        }
        return all;
    }
}
