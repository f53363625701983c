package dev.limpid.codec;

import dev.limpid.model.Compared;
import dev.limpid.model.Manifest;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TrainerStatus;
import dev.limpid.signal.Floats;
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

    static TrainerStatus trainer() {
        return new TrainerStatus(
                "ward",
                "trainer-1",
                "ecg",
                TrainerStatus.Outcome.NOT_BETTER,
                "ecg:7@cafe00000000",
                "ecg:20231114T221320Z@0123456789ab",
                Optional.of(new TrainerStatus.Judged(0.5125, 0.5, 0.0244, -0.01, 0.0575, 120, 32)),
                "error 0.5000, in force 0.5125: lower by 2.4 % (-1.0 to 5.8 %) on 120 pieces of 32 series; wanted 1.0 % at least",
                1_700_000_000_000L,
                1_700_000_240_500L);
    }

    static ShadowStatus shadow() {
        return shadow(0.8125);
    }

    /** With that error of the shadow. */
    static ShadowStatus shadow(double error) {
        return new ShadowStatus(
                "ward",
                "host-1",
                "ecg",
                "ecg:7@cafe00000000",
                "ecg:8@0123456789ab",
                12,
                true,
                1_699_999_000_000L,
                1_700_000_000_500L,
                new Compared(
                        8_123,
                        40,
                        6,
                        new Compared.Figures(0.9125, Floats.of(0.2f, 0.4f, 0.8f, 1f, 1.25f, 2f, 3f), 5, 0, 290_000),
                        new Compared.Figures(
                                error, Floats.of(0.1f, 0.3f, 0.7f, 0.9f, 1.2f, 1.9f, 2.5f), 4, 1, 210_000)),
                "not promoted: 8123 of 10000 windows compared");
    }
}
