package dev.limpid.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * All that decides how a training goes on: state, weights, their averages, and what the optimizer remembers. Chance is not in it: the
 * batches so far are drawn again and thrown away, which gives the same generators whatever draws from them.
 *
 * <p>Layout, big endian: {@code long} magic and version; texts, the identity of the training, digest and name of its {@link Kernels};
 * {@code int} step, best step, looks since; {@code double} running, best and held-out loss, gain; three maps (weights, averages, best) of
 * {@code int} entries, each a text and an {@code int}-counted run of floats; the optimizer's archive, {@code int}-counted; {@code long} CRC-32 of all before.
 */
final class Checkpoint {
    private static final long MAGIC = 0x4C494D5043503032L;

    final FitState state;
    final Map<String, float[]> weights;
    final Map<String, float[]> averages;
    final byte[] optimizer;

    /** Takes what it is given without a copy. */
    Checkpoint(FitState state, Map<String, float[]> weights, Map<String, float[]> averages, byte[] optimizer) {
        this.state = state;
        this.weights = weights;
        this.averages = averages;
        this.optimizer = optimizer;
    }

    /** Writes it beside its place, then moves it there: whoever is killed meanwhile leaves the one before. */
    void write(Path file, String identity) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(MAGIC);
            out.writeUTF(identity);
            out.writeUTF(Torch.start().digest());
            out.writeUTF(Torch.start().phrase());
            out.writeInt(state.step);
            out.writeInt(state.bestStep);
            out.writeInt(state.worse);
            for (double value : new double[] {state.running, state.bestLoss, state.heldOutLoss, state.gainDb}) {
                out.writeDouble(value);
            }
            for (Map<String, float[]> map : List.of(weights, averages, state.best)) {
                write(out, map);
            }
            out.writeInt(optimizer.length);
            out.write(optimizer);
            out.writeLong(crc(bytes.toByteArray()));
        }
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, bytes.toByteArray());
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(DataOutputStream out, Map<String, float[]> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<String, float[]> entry : map.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().length);
            for (float value : entry.getValue()) {
                out.writeFloat(value);
            }
        }
    }

    /**
     * Reads it.
     *
     * @throws TrainingRefused if the file is damaged, or of another training than {@code identity}
     */
    static Checkpoint read(Path file, String identity) throws IOException, TrainingRefused {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length - Long.BYTES;
        if (end < Long.BYTES
                || crc(Arrays.copyOf(bytes, end))
                        != new DataInputStream(new ByteArrayInputStream(bytes, end, Long.BYTES)).readLong()) {
            throw refused(file, "it is damaged; remove it to begin anew");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
        if (in.readLong() != MAGIC) {
            throw refused(file, "it is no checkpoint of this version; remove it to begin anew");
        }
        if (!in.readUTF().equals(identity)) {
            throw refused(
                    file,
                    "it is of another training: definition, data, seed or code differ; remove it to begin anew, or name another");
        }
        String digest = in.readUTF();
        String made = in.readUTF();
        Kernels here = Torch.start();
        if (!digest.equals(here.digest())) {
            throw refused(
                    file,
                    "it was made by " + made + ", here compute " + here.phrase()
                            + ": other bits would come out; set the environment as there, or remove it to begin anew");
        }
        FitState state = new FitState();
        state.step = in.readInt();
        state.bestStep = in.readInt();
        state.worse = in.readInt();
        state.running = in.readDouble();
        state.bestLoss = in.readDouble();
        state.heldOutLoss = in.readDouble();
        state.gainDb = in.readDouble();
        Map<String, float[]> weights = map(in);
        Map<String, float[]> averages = map(in);
        state.best = map(in);
        byte[] optimizer = new byte[in.readInt()];
        in.readFully(optimizer);
        return new Checkpoint(state, weights, averages, optimizer);
    }

    private static Map<String, float[]> map(DataInputStream in) throws IOException {
        Map<String, float[]> map = new LinkedHashMap<>();
        int entries = in.readInt();
        for (int entry = 0; entry < entries; entry++) {
            String name = in.readUTF();
            float[] values = new float[in.readInt()];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readFloat();
            }
            map.put(name, values);
        }
        return map;
    }

    private static TrainingRefused refused(Path file, String why) {
        return new TrainingRefused("cannot go on from " + file, List.of(why));
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
