package dev.limpid.codec;

import dev.limpid.model.Manifest;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What may stand on the model topics, for tests. */
final class Announced {
    static final String SHA = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private Announced() {}

    static Manifest manifest() {
        return new Manifest(
                "ecg",
                "8",
                SHA,
                1_200_000,
                3,
                524_288,
                Optional.empty(),
                1_700_000_000_000L,
                new TreeMap<>(Map.of("code", "limpid 0.1.0", "seed", "7")),
                Optional.empty());
    }

    static Pointer pointer() {
        return new Pointer(
                "ecg", Optional.of("8"), Optional.of("7"), Optional.empty(), 12, 1_700_000_000_000L, Optional.empty());
    }

    static ModelStatus status() {
        return new ModelStatus(
                "ward",
                "host-1",
                "ecg",
                "ecg:7@cafe00000000",
                1_699_999_000_000L,
                "ecg:8@0123456789ab",
                ModelStatus.Verdict.REFUSED,
                Optional.of("digest"),
                "its SHA-256 is 00…, its manifest says 0123…; publish it again",
                1_700_000_000_500L,
                12);
    }
}
