package dev.limpid.demo.bench;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.Tally;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** {@link Mode#LIMPID_HOP} and {@link Mode#LIMPID_RECORD}: the product as a user runs it, with its own client properties. */
final class LimpidContender implements Contender {
    private final Job job;
    private final Meter meter;
    private final ModelSlot slot;
    private @Nullable PipelineRunner runner;

    LimpidContender(Job job, Meter meter, Denoiser denoiser) {
        this.job = job;
        this.meter = meter;
        this.slot = new ModelSlot(denoiser);
    }

    /** Windows do not overlap, as with the other contenders; everything not said is the product's default. */
    static Definition definition(Job job) {
        String text =
                """
                pipeline: %s
                input: { topic: %s, format: %s, channels: [%s], sample-rate-hz: %d }
                window: { length: %d, hop: %d }
                model: { name: bench, bundled: %s }
                batch: { max-windows: %d }
                output: { cleaned: %s, scores: %s, granularity: %s }
                kafka:
                  bootstrap.servers: %s
                  commit.interval.ms: %d
                  state.dir: %s
                """
                        .formatted(
                                job.group(),
                                job.input(),
                                job.layout().format().label(),
                                BenchSignal.CHANNEL,
                                job.rateHz(),
                                BenchSignal.WINDOW,
                                BenchSignal.WINDOW,
                                job.model(),
                                Job.MAX_WINDOWS,
                                job.output(),
                                job.scores(),
                                job.mode() == Mode.LIMPID_HOP ? "hop" : "record",
                                job.bootstrap(),
                                job.commitMs(),
                                job.folder());
        return DefinitionLoader.parse("bench", text, Map.of());
    }

    @Override
    public void start() {
        Definition definition = definition(job);
        try (Admin admin = Clients.admin(job.bootstrap())) {
            new Topics(admin).create(definition, job.partitions(), Optional.empty());
        }
        PipelineRunner started = PipelineRunner.start(definition, slot, "bench");
        meter.source(() -> started.counts().sum(Tally::windows) * BenchSignal.WINDOW);
        runner = started;
    }

    @Override
    public boolean ready() {
        PipelineRunner running = runner;
        return running != null && running.ready();
    }

    @Override
    public @Nullable Throwable failure() {
        PipelineRunner running = runner;
        return running != null && running.ended()
                ? new IllegalStateException("the pipeline ended: its log says why")
                : null;
    }

    @Override
    public void stop() {
        PipelineRunner running = runner;
        runner = null;
        if (running != null && !running.close(Duration.ofSeconds(30), true)) {
            throw new IllegalStateException("the pipeline did not stop within 30 s");
        }
        slot.close();
    }
}
