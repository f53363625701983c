package dev.limpid.cli;

import dev.limpid.codec.Numbers;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Tokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.SegmentEnd;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;

/**
 * Scores a file of sessions, laid out as {@link SessionLines} says, with the same {@link Pipeline} that the topology runs. Each is a
 * series of its own: its score is the greatest of its windows', and it has an alert if its windows raise one. Used once, by one thread.
 */
final class SessionScores implements Emitter<SessionScores.Session> {
    /** A session on its way. */
    static final class Session {
        private final long number;
        private float score = Float.NaN;
        private boolean alert;

        private Session(long number) {
            this.number = number;
        }
    }

    private final Writer out;
    private final Definition definition;
    private final Tokens tokens;
    private final Vocabulary vocabulary;
    private final MemoryStore<Session> store = new MemoryStore<>();
    private final Pipeline<Session> pipeline;
    private final Map<SeriesKey, Session> open = new HashMap<>();
    private long sessions;
    private long alerts;

    /** @param slot the model; stays the caller's */
    SessionScores(Definition definition, Tokens tokens, ModelSlot slot, Writer out) throws IOException {
        this.definition = definition;
        this.tokens = tokens;
        this.vocabulary = slot.spec().vocabulary();
        PipelineSpec spec = definition.spec(vocabulary);
        this.out = out;
        this.pipeline = new Pipeline<>(spec.with(SegmentEnd.RECORD, spec.merging()), slot, store, this);
        out.write("session,score,alert\n");
    }

    /**
     * Reads to the end of the file and writes a row for each session.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    Tally run(InputStream in) throws IOException {
        SessionLines input = SessionLines.of(definition, tokens, vocabulary, in);
        Block block = new Block(1);
        try {
            while (input.next(block)) {
                sessions++;
                SeriesKey key = SeriesKey.of(Long.toString(sessions));
                Session session = new Session(sessions);
                open.put(key, session);
                pipeline.accept(key, session, block);
            }
            pipeline.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException(open.size() + " sessions were not answered");
        }
        return pipeline.tally();
    }

    long sessions() {
        return sessions;
    }

    long alerts() {
        return alerts;
    }

    @Override
    public void record(SeriesKey series, Session session, CleanedBlock block) {
        alerts += session.alert ? 1 : 0;
        try {
            out.write(session.number + "," + Numbers.text(session.score) + "," + session.alert + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.remove(series);
        SeriesState<Session> state = store.find(series);
        if (state != null) {
            store.remove(state);
        }
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        Session session = open.get(series);
        if (session != null && !(score.score() <= session.score)) {
            session.score = Float.isNaN(score.score()) ? session.score : score.score();
        }
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {
        Session session = open.get(series);
        if (session != null && alert.state() == Alert.State.RAISED) {
            session.alert = true;
        }
    }

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {
        throw new IllegalStateException("sessions are answered one by one");
    }

    @Override
    public void failed(SeriesKey series, FailedWindow window) {}
}
