package dev.limpid.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a model, the first few of it: a hostile file may hold a million faults. Confined to one thread. */
final class Problems {
    private static final int MOST = 20;
    private static final int MOST_CHARACTERS = 1_000;

    private final List<String> list = new ArrayList<>();
    private long count;

    void add(String problem) {
        count++;
        if (list.size() < MOST) {
            list.add(problem);
        }
    }

    /** What others say about a model, which may repeat its own long names. */
    static String shortened(@Nullable String text) {
        String all = String.valueOf(text).strip();
        return all.length() <= MOST_CHARACTERS ? all : all.substring(0, MOST_CHARACTERS) + "…";
    }

    List<String> list() {
        List<String> all = new ArrayList<>(list);
        if (count > MOST) {
            all.add("and " + (count - MOST) + " more");
        }
        return all;
    }
}
