package dev.limpid.cli;

import dev.limpid.model.Pointer;
import java.util.Map;
import java.util.Optional;

/** What commands say of a pointer that they wrote. */
final class ModelPointers {
    private ModelPointers() {}

    /** @param pointer empty if the one there said the same already */
    static void put(Map<String, Object> result, Optional<Pointer> pointer) {
        if (pointer.isEmpty()) {
            result.put("pointer", "unchanged");
            return;
        }
        Pointer now = pointer.get();
        result.put("inForce", now.inForce().orElse("what instances bundle"));
        now.previous().ifPresent(version -> result.put("previous", version));
        now.shadow().ifPresent(version -> result.put("shadow", version));
        result.put("sequence", now.sequence());
    }
}
