package dev.limpid.service;

import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.List;

/**
 * Compares two models on the same pieces, spoilt alike: each runs as the whole pipeline would. Of every piece and channel the squared error
 * against the raw values counts in units of their variance, so that no series counts more for being large.
 */
final class Judge {
    private final PipelineSpec spec;
    private final Spoiler spoiler;
    private final double confidence;
    private final long seed;

    /** @param spec with hops */
    Judge(PipelineSpec spec, Spoiler spoiler, double confidence, long seed) {
        this.spec = TopicPieces.withHops(spec);
        this.spoiler = spoiler;
        this.confidence = confidence;
        this.seed = seed;
    }

    /** Neither model is closed. */
    Judged compare(Denoiser inForce, Denoiser candidate, List<Piece> pieces) {
        double[] before = errors(inForce, pieces);
        double[] after = errors(candidate, pieces);
        return Paired.ofSquares(
                before, after, pieces.stream().map(Piece::series).toList(), confidence, seed);
    }

    /** Of each piece the mean over the graded values of the squared error over the channel's variance. */
    private double[] errors(Denoiser model, List<Piece> pieces) {
        double[] errors = new double[pieces.size()];
        // borrowed: the slot would close it
        try (ModelSlot slot = new ModelSlot(new Borrowed(model))) {
            for (int i = 0; i < errors.length; i++) {
                errors[i] = error(slot, pieces.get(i), i);
            }
        }
        return errors;
    }

    private double error(ModelSlot slot, Piece piece, int number) {
        float[][] spoilt = spoiler.spoilt(piece, number);
        Cleaned cleaned = new Cleaned(spoilt.length, piece.length());
        Pipeline<Object> pipeline = new Pipeline<>(spec, slot, new MemoryStore<>(), cleaned);
        Block block = new Block(spoilt.length);
        block.begin(0);
        for (int i = 0; i < piece.length(); i++) {
            for (float[] channel : spoilt) {
                block.add(channel[i]);
            }
        }
        pipeline.accept(piece.series(), this, block);
        pipeline.endAll();
        pipeline.flush();
        return graded(piece, spoilt, cleaned.values);
    }

    private double graded(Piece piece, float[][] spoilt, float[][] cleaned) {
        double sum = 0;
        long count = 0;
        for (int channel = 0; channel < spoilt.length; channel++) {
            float[] raw = piece.values().get(channel);
            double variance = Math.max(1e-30, Spoiler.variance(raw));
            for (int i = 0; i < raw.length; i++) {
                if (!Float.isNaN(raw[i]) && (spoiler.adds() || Float.isNaN(spoilt[channel][i]))) {
                    double error = cleaned[channel][i] - raw[i];
                    // what it does not even answer is as wrong as the mean
                    sum += Double.isNaN(error) ? 1 : error * error / variance;
                    count++;
                }
            }
        }
        return sum / Math.max(1, count);
    }

    /** Hears one piece, in order. */
    private static final class Cleaned implements Emitter<Object> {
        private final float[][] values;
        private int at;

        Cleaned(int channels, int length) {
            this.values = new float[channels][length];
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {
            for (int i = 0; i < block.length() && at < values[0].length; i++, at++) {
                for (int channel = 0; channel < values.length; channel++) {
                    values[channel][at] = block.clean(i, channel);
                }
            }
        }

        @Override
        public void record(SeriesKey series, Object record, CleanedBlock block) {
            throw new IllegalStateException("a pipeline of hops answers no records");
        }

        @Override
        public void score(SeriesKey series, WindowScore score) {}

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }
}
