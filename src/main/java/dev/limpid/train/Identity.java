package dev.limpid.train;

import dev.limpid.train.synthetic.Signals;
import dev.limpid.train.synthetic.Spoiling;
import dev.limpid.train.tokens.Sessions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A digest of all that a training's outcome follows from: two trainings of one identity give the same bytes on one kind of CPU. */
final class Identity {
    private Identity() {}

    static String of(TrainSpec spec, TrainingData data) {
        // records all the way down: their text holds every value
        MessageDigest digest = begun(spec + Torch.version());
        add(digest, data.clean());
        add(digest, data.allNoise());
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of one on tokens. */
    static String of(TokenSpec spec, Sessions sessions) {
        String all =
                spec.toString() + sessions.digests() + sessions.vocabulary().entries() + sessions.size();
        return HexFormat.of().formatHex(begun(all + Torch.version()).digest());
    }

    /** Of one on made-up signals. */
    static String of(TrainSpec spec, Spoiling spoiling, Signals signals) {
        String all = spec.toString() + spoiling + signals.phrases() + Torch.version();
        return HexFormat.of().formatHex(begun(all).digest());
    }

    private static MessageDigest begun(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, List<Recording> recordings) {
        for (Recording recording : recordings) {
            digest.update(recording.name().getBytes(StandardCharsets.UTF_8));
            for (float[] channel : recording.channels()) {
                ByteBuffer bytes = ByteBuffer.allocate(channel.length * Float.BYTES);
                bytes.asFloatBuffer().put(channel);
                digest.update(bytes);
            }
        }
    }
}
