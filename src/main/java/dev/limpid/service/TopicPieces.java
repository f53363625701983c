package dev.limpid.service;

import dev.limpid.kafka.InputTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * A fair sample of what flowed, in memory that does not grow with the topic. Where a sample goes, what is late or twice there, and where a
 * segment ends is decided by the {@link Pipeline} itself, one per partition, around a model that gives back what it gets; only a series that
 * the sample does not want is not given to it. Used once, by one thread.
 */
final class TopicPieces implements InputTopic.Visitor {
    private static final Object RECORD = new Object();

    private final PipelineSpec spec;
    private final int length;
    private final FairSample<Piece> sample;
    private final LeftOut leftOut;
    private final BooleanSupplier more;
    private long samples;
    private long samplesLeftOut;
    private final Map<OffsetRange, Place> places = new HashMap<>();

    /**
     * How much is kept.
     *
     * @param length samples per piece
     * @param most pieces
     * @param mostSeries series
     */
    record Size(int length, int most, int mostSeries, long seed) {
        /** Of pieces of {@code length} so many that they take {@code values} values at most. */
        static Size of(int length, int channels, long values, long seed) {
            int most = (int) Math.max(1, Math.min(1 << 20, values / ((long) length * channels)));
            return new Size(length, most, Math.min(MOST_SERIES, most), seed);
        }

        private static final int MOST_SERIES = 1_024;
    }

    TopicPieces(PipelineSpec spec, Size size, LeftOut leftOut, BooleanSupplier more) {
        this.spec = withHops(spec);
        this.length = size.length();
        this.sample = new FairSample<>(size.most(), size.mostSeries(), size.seed(), this::dropped);
        this.leftOut = leftOut;
        this.more = more;
    }

    /** The same pipeline, which tells stretches instead of answers to records. */
    static PipelineSpec withHops(PipelineSpec spec) {
        return spec.with(Granularity.HOP, spec.maxWindows());
    }

    /** One partition. */
    private final class Place implements Emitter<Object> {
        private final OffsetRange range;
        private final MemoryStore<Object> store = new MemoryStore<>();
        private final Map<SeriesKey, PieceCutter> cutters = new HashMap<>();
        private final ModelSlot slot = new ModelSlot(Echo.of(spec));
        private final Pipeline<Object> pipeline = new Pipeline<>(spec, slot, store, this);

        Place(OffsetRange range) {
            this.range = range;
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {
            if (sample.wants(series)) {
                cutters.computeIfAbsent(series, this::cutter).add(block);
            }
        }

        private PieceCutter cutter(SeriesKey series) {
            return new PieceCutter(
                    spec.channels().size(),
                    length,
                    spec.gapMaxMs(),
                    counted(leftOut.of(range.partition(), series)),
                    values -> sample.take(new Piece(range, series, sample.next(series), values)));
        }

        void drop(SeriesKey series) {
            cutters.remove(series);
            SeriesState<Object> state = store.find(series);
            if (state != null) {
                pipeline.flush();
                store.remove(state);
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

    @Override
    public boolean wants(SeriesKey series) {
        return sample.wants(series);
    }

    @Override
    public void take(OffsetRange range, SeriesKey series, Block block) {
        samples += block.length();
        places.computeIfAbsent(range, Place::new).pipeline.accept(series, RECORD, block);
    }

    @Override
    public boolean more() {
        return more.getAsBoolean();
    }

    private void dropped(SeriesKey series) {
        places.values().forEach(place -> place.drop(series));
    }

    private LongPredicate counted(LongPredicate out) {
        return timeMs -> {
            boolean left = out.test(timeMs);
            samplesLeftOut += left ? 1 : 0;
            return left;
        };
    }

    /** Samples so far of series that had a place. */
    long samples() {
        return samples;
    }

    /** Samples of these that were left out. */
    long samplesLeftOut() {
        return samplesLeftOut;
    }

    /** Series that have a place in the sample. */
    int series() {
        return sample.series();
    }

    /** What was found; ends the reading. */
    List<Piece> pieces() {
        places.values().forEach(place -> {
            place.pipeline.endAll();
            place.pipeline.flush();
            place.slot.close();
        });
        places.clear();
        return sample.items();
    }
}
