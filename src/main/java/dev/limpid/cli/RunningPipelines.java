package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.ModelTopic;
import dev.limpid.definition.DefinitionException;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.Follower;
import dev.limpid.kafka.ModelTrials;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Shadow;
import dev.limpid.kafka.ShadowSpec;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.pipeline.WindowTap;
import dev.limpid.telemetry.PipelineMeters;
import dev.limpid.telemetry.Telemetry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of one process, put together from their definitions: model, slot, meters, runner. Either all start or none, with
 * one message that lists every problem of all of them.
 */
final class RunningPipelines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningPipelines.class);

    private final List<Running> running = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private @Nullable ModelFeeds feeds;

    private record Loaded(Path file, Definition definition) {}

    /** @param shadow how shadows run; there is one if there is a follower */
    private record Checked(
            Definition definition, ModelFile model, Optional<Follower> follower, Optional<ShadowSpec> shadow) {}

    private record Running(String name, PipelineRunner runner, ModelSlot slot, Optional<Shadow> shadow) {}

    private RunningPipelines() {}

    /**
     * Starts all pipelines.
     *
     * @param instance name of this process among those that run the same pipelines
     * @throws IllegalArgumentException if one cannot run; the message lists every problem
     */
    static RunningPipelines start(
            List<Path> files, Map<String, String> environment, String instance, Telemetry telemetry) {
        RunningPipelines pipelines = new RunningPipelines();
        List<Checked> checked = new ArrayList<>();
        boolean started = false;
        try {
            List<Loaded> loaded = new ArrayList<>();
            for (Path file : files) {
                pipelines.check(file, environment, instance, loaded);
            }
            ModelFeeds feeds =
                    ModelFeeds.start(loaded.stream().map(Loaded::definition).toList(), instance, pipelines.problems);
            pipelines.feeds = feeds;
            for (Loaded each : loaded) {
                pipelines.open(each, feeds, checked);
            }
            if (!pipelines.problems.isEmpty()) {
                throw new IllegalArgumentException(
                        "nothing was started:\n  - " + String.join("\n  - ", pipelines.problems));
            }
            while (!checked.isEmpty()) {
                pipelines.run(checked.remove(0), instance, telemetry);
            }
            started = true;
            return pipelines;
        } finally {
            checked.forEach(each -> each.model().denoiser().close());
            if (!started) {
                pipelines.close();
            }
        }
    }

    private void check(Path file, Map<String, String> environment, String instance, List<Loaded> loaded) {
        Definition definition;
        try {
            definition = DefinitionLoader.load(file, environment);
        } catch (DefinitionException e) {
            e.problems().forEach(problem -> problems.add(e.source() + ": " + problem));
            return;
        }
        if (!names.add(definition.pipeline())) {
            problems.add(file + ": pipeline " + definition.pipeline() + " is defined twice");
        }
        loaded.add(new Loaded(file, definition));
        PipelineRunner.problems(definition, instance).forEach(problem -> problems.add(file + ": " + problem));
    }

    /** The model that the topic names; the bundled one if it names none, or all were refused, or it is not read in time. */
    private void open(Loaded loaded, ModelFeeds feeds, List<Checked> checked) {
        Definition definition = loaded.definition();
        Optional<Follower> follower = feeds.of(definition);
        Optional<ModelFile> announced = Optional.empty();
        if (follower.isPresent() && problems.isEmpty()) {
            announced = follower.get()
                    .first(definition.model().topic().map(ModelTopic::startWait).orElse(Duration.ZERO));
        }
        try {
            ModelFile model =
                    announced.isPresent() ? announced.get() : ModelOpening.open(loaded.file(), definition, null);
            follower.ifPresent(each -> each.speaking(model.denoiser().spec().vocabulary()));
            checked.add(new Checked(definition, model, follower, follower.map(each -> feeds.shadow(definition))));
        } catch (ModelRefused e) {
            problems.add(loaded.file() + ": " + e.getMessage());
        }
    }

    private void run(Checked checked, String instance, Telemetry telemetry) {
        Definition definition = checked.definition();
        ModelFile model = checked.model();
        PipelineMeters meters = telemetry.pipeline(definition.pipeline());
        ModelTrials trials = new ModelTrials(
                definition.pipeline(), definition.model().takeOver().rollback(), meters.timed(model.denoiser()));
        ModelSlot slot = trials.slot();
        Optional<Shadow> shadow = checked.shadow().map(spec -> new Shadow(definition.spec(), spec, trials));
        PipelineRunner runner;
        try {
            WindowTap tap = shadow.isPresent() ? shadow.get() : WindowTap.NONE;
            runner = PipelineRunner.start(definition, slot, instance, tap);
        } catch (RuntimeException e) {
            slot.close();
            throw e;
        }
        running.add(new Running(definition.pipeline(), runner, slot, shadow));
        meters.tally(runner.counts()::sum, runner.counts()::pending);
        meters.state(
                runner.counts()::deadLetters,
                () -> slot.spec().id(),
                model.provider().label(),
                runner::ready);
        runner.counts().onLeft(meters::left);
        checked.follower().ifPresent(follower -> {
            follower.within(runner.latencyBound());
            follower.serve(trials, newer -> meters.timed(newer.denoiser()), shadow.orElse(null));
            meters.refusals(follower::refusals);
            meters.takeOver(trials::rolledBack);
        });
        shadow.ifPresent(each -> meters.shadow(each::compared, each::failed, each::dropped));
        telemetry.bind(new KafkaStreamsMetrics(runner.streams(), Tags.of("pipeline", definition.pipeline())));
        LOG.info(
                "pipeline {}: {} to {}, model {} on {}, {} us per window",
                definition.pipeline(),
                definition.input().topic(),
                definition.output().cleaned(),
                slot.spec().id(),
                model.provider().label(),
                model.nanosPerWindow() / 1_000);
    }

    /** The pipelines that ended for good and need a restart of the process. */
    List<String> notLive() {
        return running.stream()
                .filter(each -> each.runner().ended())
                .map(each -> "pipeline " + each.name() + " is " + each.runner().state())
                .toList();
    }

    /** The pipelines that do not take records now. A model is warm from its admission. */
    List<String> notReady() {
        return running.stream()
                .filter(each -> !each.runner().ready())
                .map(each -> "pipeline " + each.name() + " is " + each.runner().state())
                .toList();
    }

    /**
     * Commits what is pending, stops all pipelines, closes their models.
     *
     * @return the pipelines that did not stop in time
     */
    List<String> stop(Duration within) {
        if (feeds != null) {
            feeds.close();
        }
        List<String> late = running.parallelStream()
                .filter(each -> !each.runner().close(within, false))
                .map(each -> "pipeline " + each.name())
                .toList();
        running.forEach(each -> each.shadow().ifPresent(Shadow::close));
        running.forEach(each -> each.slot().close());
        running.clear();
        return late;
    }

    @Override
    public void close() {
        stop(PipelineRunner.CLOSE_TIMEOUT);
    }
}
