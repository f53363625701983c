package dev.limpid.demo;

import dev.limpid.demo.Sensor.Strip;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.Quality;
import dev.limpid.pipeline.SeriesState;
import dev.limpid.pipeline.SeriesStore;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A demo run without Kafka, as fast as the machine goes: the same fleet, the same pipeline, the same judges. For choosing
 * alert thresholds over many fleets, and for tests. Confined to one thread.
 */
final class OfflineRun implements Emitter<Integer>, SeriesStore<Integer> {
    private final Map<SeriesKey, SeriesState<Integer>> states = new HashMap<>();
    private final Books books;
    private final Pipeline<Integer> pipeline;
    private final Fleet fleet;
    private final long simulatedMs;
    private long changeMs = -1;
    private Runnable change = () -> {};

    /**
     * @param slot the model; stays the caller's
     * @param simulatedMs length of the run
     */
    OfflineRun(Fleet fleet, PipelineSpec spec, ModelSlot slot, long simulatedMs) {
        this.fleet = fleet;
        this.simulatedMs = simulatedMs;
        this.books = Books.of(fleet, spec.window(), simulatedMs);
        this.pipeline = new Pipeline<>(spec, slot, this, this);
    }

    /** Has {@code change} done when the simulation has come that far. */
    void at(long ms, Runnable change) {
        changeMs = ms;
        this.change = change;
    }

    /** Sends all that the sensors measure through the pipeline, to the end. */
    void run() {
        List<SeriesKey> keys = fleet.sensors().stream()
                .map(sensor -> SeriesKey.of(sensor.name()))
                .toList();
        Block block = new Block(1);
        long blocks = DemoRun.blocks(simulatedMs, fleet.sampleRateHz());
        long changeBlock = changeMs < 0 ? -1 : DemoRun.blocks(changeMs, fleet.sampleRateHz());
        for (long i = 0; i < blocks; i++) {
            if (i == changeBlock) {
                change.run();
            }
            for (int sensor = 0; sensor < keys.size(); sensor++) {
                Strip strip = fleet.sensors().get(sensor).next(DemoRun.BLOCK_LENGTH);
                books.ledger().sent(sensor, strip, System.nanoTime());
                block.begin(strip.startMs());
                for (int k = 0; k < strip.length(); k++) {
                    block.add(strip.raw().at(k));
                }
                pipeline.accept(keys.get(sensor), sensor, block);
            }
            pipeline.flush();
        }
        pipeline.endAll();
        pipeline.flush();
    }

    Ledger ledger() {
        return books.ledger();
    }

    Findings findings() {
        return books.findings();
    }

    ModelWatch models() {
        return books.models();
    }

    @Override
    public void record(SeriesKey series, Integer sensor, CleanedBlock cleaned) {
        Block block = new Block(1);
        block.begin(cleaned.timestampMs(0));
        List<Quality> quality = new ArrayList<>();
        for (int i = 0; i < cleaned.length(); i++) {
            block.add(cleaned.clean(i, 0));
            quality.add(cleaned.quality(i));
        }
        long startMs = cleaned.timestampMs(0);
        ModelId id = cleaned.model();
        String model = id == null ? null : id + (cleaned.crossFades() ? PipelineTopology.CROSS_FADE : "");
        ModelWatch.Side side = books.models().record(sensor, model, startMs, System.nanoTime());
        books.ledger().answered(sensor, startMs, block, quality, side, System.nanoTime());
    }

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {
        throw new IllegalStateException("the demo answers record by record");
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        books.findings().score(sensor(series), score.score());
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {
        books.findings().alert(sensor(series), alert.state() == Alert.State.RAISED, alert.startMs(), alert.atMs());
    }

    @Override
    public void failed(SeriesKey series, FailedWindow window) {
        books.findings().deadLetter();
    }

    private int sensor(SeriesKey series) {
        return fleet.indexOf(series.toString());
    }

    @Override
    public @Nullable SeriesState<Integer> find(SeriesKey key) {
        return states.get(key);
    }

    @Override
    public void add(SeriesState<Integer> state) {
        states.put(state.key(), state);
    }

    @Override
    public void remove(SeriesState<Integer> state) {
        states.remove(state.key());
    }

    @Override
    public Collection<SeriesState<Integer>> all() {
        return states.values();
    }

    @Override
    public void placed(
            SeriesState<Integer> state, Integer sensor, Block block, long firstSlot, byte @Nullable [] passed) {
        // nothing outlives this run
    }

    @Override
    public void changed(SeriesState<Integer> state) {
        // nothing outlives this run
    }
}
