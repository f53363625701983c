package dev.limpid.service;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SegmentEnd;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.pipeline.SeriesStore;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.service.TopicSessions.Omitted;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one partition. Where one begins and ends is decided by the {@link Pipeline} itself, around a model that gives back what
 * it gets: as its store, this one hears where each record went, and so which segment, which is a session, it is of. Confined to one thread.
 */
final class SessionPlace implements SeriesStore<Object>, Emitter<Object> {
    private static final Object RECORD = new Object();
    private static final int MOST_OVER = 512;

    private final PipelineSpec spec;
    private final Function<SeriesKey, LongPredicate> leftOut;
    private final FairSample<TopicSession> sample;
    private final Omitted omitted;
    private final boolean cut;
    private final int longest;
    private final MemoryStore<Object> store = new MemoryStore<>();
    private final Map<SeriesKey, Speaker> speakers = new HashMap<>();
    private final List<SeriesState<Object>> over = new ArrayList<>();
    private final ModelSlot slot;
    private final Pipeline<Object> pipeline;
    private @Nullable OffsetRange range;
    private long firstMs = Long.MIN_VALUE;
    private long newestMs = Long.MIN_VALUE;

    /** A series, and its session that goes on, if one does. */
    private static final class Speaker {
        private final LongPredicate leftOut;
        private @Nullable Open open;

        private Speaker(LongPredicate leftOut) {
            this.leftOut = leftOut;
        }
    }

    /** A session, as far as it was read. */
    private static final class Open {
        private final OffsetRange began;
        private final long segmentSlot;
        private final long startMs;
        private OffsetRange ended;
        private long lastMs;
        private boolean inPart;
        private boolean leftOut;
        private int[] ids = new int[8];
        private int size;

        private Open(OffsetRange began, long segmentSlot, long startMs) {
            this.began = began;
            this.ended = began;
            this.segmentSlot = segmentSlot;
            this.startMs = startMs;
        }

        private void add(int id) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
            }
            ids[size++] = id;
        }
    }

    /**
     * A partition.
     *
     * @param leftOut of a series, whether what has a time is left out
     * @param cut whether there were records before those that are read
     */
    SessionPlace(
            PipelineSpec spec,
            Function<SeriesKey, LongPredicate> leftOut,
            FairSample<TopicSession> sample,
            Omitted omitted,
            boolean cut) {
        this.spec = spec;
        this.leftOut = leftOut;
        this.sample = sample;
        this.omitted = omitted;
        this.cut = cut && !spec.segmentEnd().equals(SegmentEnd.RECORD);
        this.longest = TopicSessions.longest(spec);
        this.slot = new ModelSlot(Echo.of(spec));
        this.pipeline = new Pipeline<>(spec, slot, this, this);
    }

    void take(OffsetRange of, SeriesKey series, Block block) {
        range = of;
        firstMs = firstMs == Long.MIN_VALUE ? block.timestampMs() : firstMs;
        newestMs = Math.max(newestMs, block.timestampMs());
        pipeline.accept(series, RECORD, block);
        SeriesState<Object> state = store.find(series);
        if (state != null) {
            changed(state);
        }
        if (over.size() >= MOST_OVER) {
            forget();
        }
    }

    /** What the pipeline keeps of a series is much, and between sessions nothing of it is needed. */
    private void forget() {
        pipeline.flush();
        for (SeriesState<Object> state : over) {
            if (!state.head().open() && store.find(state.key()) == state) {
                store.remove(state);
            }
        }
        over.clear();
    }

    @Override
    public void placed(
            SeriesState<Object> state, Object record, Block block, long firstSlot, byte @Nullable [] passed) {
        OffsetRange of = range;
        if (of == null) {
            throw new IllegalStateException("a record of no range");
        }
        SeriesKey series = state.key();
        long segmentSlot = state.head().segmentSlot();
        Speaker speaker = speakers.get(series);
        boolean unheard = speaker == null;
        if (speaker == null) {
            speaker = new Speaker(leftOut.apply(series));
            speakers.put(series, speaker);
        }
        Open open = speaker.open;
        if (open != null && open.segmentSlot != segmentSlot) {
            close(series, speaker);
            open = null;
        }
        if (open == null) {
            open = begin(speaker, of, segmentSlot, block.timestampMs());
            // whoever speaks soon after what is read begins may have spoken before
            open.inPart = cut && unheard && block.timestampMs() - firstMs <= spec.gapMaxMs();
        }
        boolean out = speaker.leftOut.test(block.timestampMs());
        for (int token = 0; token < block.length(); token++) {
            if (open.size == longest) {
                close(series, speaker);
                open = begin(speaker, of, segmentSlot, block.timestampMs());
            }
            open.add((int) block.value(token, 0));
            open.leftOut |= out;
        }
        open.ended = of;
        open.lastMs = block.timestampMs();
    }

    private static Open begin(Speaker speaker, OffsetRange began, long segmentSlot, long startMs) {
        Open open = new Open(began, segmentSlot, startMs);
        speaker.open = open;
        return open;
    }

    private void close(SeriesKey series, Speaker speaker) {
        Open of = speaker.open;
        speaker.open = null;
        if (of == null) {
            return;
        }
        if (of.leftOut) {
            omitted.leftOut++;
        } else if (of.inPart) {
            omitted.inPart++;
        } else {
            sample.take(new TopicSession(
                    of.began, of.ended, series, sample.next(series), of.startMs, Arrays.copyOf(of.ids, of.size)));
        }
    }

    /** Makes room for another series. */
    void drop(SeriesKey series) {
        speakers.remove(series);
        SeriesState<Object> state = store.find(series);
        if (state != null) {
            pipeline.flush();
            store.remove(state);
        }
    }

    /** Nothing more comes; see {@link TopicSessions#sessions}. */
    void end(long nowMs) {
        pipeline.flush();
        List<SeriesKey> all = new ArrayList<>(speakers.keySet());
        for (SeriesKey series : all) {
            Speaker speaker = speakers.remove(series);
            Open open = speaker == null ? null : speaker.open;
            if (speaker != null && open != null) {
                open.inPart |= Math.max(nowMs, newestMs) - open.lastMs <= spec.idleFlushMs();
                close(series, speaker);
            }
        }
        slot.close();
    }

    @Override
    public @Nullable SeriesState<Object> find(SeriesKey key) {
        return store.find(key);
    }

    @Override
    public void add(SeriesState<Object> state) {
        store.add(state);
    }

    /** It has expired: whatever it said is over. */
    @Override
    public void remove(SeriesState<Object> state) {
        store.remove(state);
        Speaker speaker = speakers.remove(state.key());
        if (speaker != null) {
            close(state.key(), speaker);
        }
    }

    @Override
    public Collection<SeriesState<Object>> all() {
        return store.all();
    }

    /** A session that has ended is taken. */
    @Override
    public void changed(SeriesState<Object> state) {
        if (!state.head().open()) {
            Speaker speaker = speakers.get(state.key());
            if (speaker != null) {
                close(state.key(), speaker);
            }
            over.add(state);
        }
    }

    @Override
    public void record(SeriesKey series, Object record, CleanedBlock block) {}

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {}

    @Override
    public void score(SeriesKey series, WindowScore score) {}

    @Override
    public void alert(SeriesKey series, Alert alert) {}

    @Override
    public void failed(SeriesKey series, FailedWindow window) {}
}
