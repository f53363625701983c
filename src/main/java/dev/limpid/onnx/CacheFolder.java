package dev.limpid.onnx;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where this user's caches are. */
final class CacheFolder {
    private CacheFolder() {}

    /** {@code $LIMPID_CACHE/verdicts}, {@code $XDG_CACHE_HOME/limpid/verdicts} or {@code ~/.cache/limpid/verdicts}; null without a home. */
    static @Nullable Path verdicts(Map<String, String> environment) {
        String own = environment.getOrDefault("LIMPID_CACHE", "");
        String users = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = System.getProperty("user.home", "");
        if (!own.isEmpty()) {
            return Path.of(own, "verdicts");
        }
        if (!users.isEmpty()) {
            return Path.of(users, "limpid", "verdicts");
        }
        return home.isEmpty() || home.equals("?") ? null : Path.of(home, ".cache", "limpid", "verdicts");
    }
}
