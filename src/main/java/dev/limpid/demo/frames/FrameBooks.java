package dev.limpid.demo.frames;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.demo.RecordDemo;
import dev.limpid.signal.Block;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a reader finds of the frames that were sent: each must come back once, cleaned or as a dead letter. Confined to one thread. */
final class FrameBooks implements RecordDemo.Books {
    private final Camera camera;
    private final Decoder decoder;
    private final Block block;
    private final BitSet answered = new BitSet();
    private long cleaned;
    private long deadLetters;
    private long wrong;
    private double squaresIn;
    private double squaresOut;

    FrameBooks(Definition definition, Camera camera) {
        this.camera = camera;
        this.decoder = Decoders.of(definition.input(), definition.series());
        this.block = new Block(1);
    }

    @Override
    public void cleaned(long n, byte @Nullable [] value) {
        note(n, false);
        cleaned++;
        if (decoder.decode(value, 0, block) != null) {
            wrong++;
            return;
        }
        float[] truth = camera.truth(n);
        float[] noisy = camera.noisy(n);
        for (int i = 0; i < truth.length; i++) {
            squaresIn += Math.pow(noisy[i] - truth[i], 2) / truth.length;
            squaresOut += Math.pow(block.value(i, 0) - truth[i], 2) / truth.length;
        }
    }

    @Override
    public void deadLetter(long n) {
        note(n, true);
        deadLetters++;
    }

    private void note(long n, boolean dead) {
        if (answered.get((int) n) || camera.bad(n) != dead) {
            wrong++;
        }
        answered.set((int) n);
    }

    @Override
    public void alert(String key, byte @Nullable [] value) {}

    @Override
    public String line() {
        return cleaned == 0
                ? ""
                : String.format(
                        "  dead letters %d  PSNR %.1f dB in, %.1f dB out", deadLetters, psnrInDb(), psnrOutDb());
    }

    @Override
    public long answered() {
        return answered.cardinality();
    }

    long cleaned() {
        return cleaned;
    }

    long deadLetters() {
        return deadLetters;
    }

    /** Answers that came twice, or of the wrong kind, or cannot be read. */
    long wrong() {
        return wrong;
    }

    double psnrInDb() {
        return psnr(squaresIn);
    }

    double psnrOutDb() {
        return psnr(squaresOut);
    }

    private double psnr(double squares) {
        return 10 * Math.log10(1 / Math.max(1e-12, squares / Math.max(1, cleaned)));
    }
}
