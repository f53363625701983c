package dev.limpid.service;

import dev.limpid.definition.Definition;
import dev.limpid.kafka.AlertsTopic;
import dev.limpid.kafka.InputTopic;
import dev.limpid.kafka.ModelPublisher.Offer;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.kafka.TrainerDesk.Standing;
import dev.limpid.kafka.WantedModel;
import dev.limpid.model.Pointer;
import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.model.TrainerStatus.Outcome;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.train.TrainingListener;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round: reads what flowed, trains a candidate on all but the newest part, and judges it and the model in force on that. What is better
 * is published over the pointer that was seen; of all else the status tells. It keeps nothing that a restart would miss. Used once.
 */
final class Round {
    private static final Logger LOG = LoggerFactory.getLogger(Round.class);
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final TrainerPlan plan;
    private final TrainerDesk desk;
    private final BooleanSupplier goOn;
    private final long startedMs;
    private final long notBeforeMs;
    private final String version;
    private String inForceName = "none";
    private String candidateName = "";
    private Path inForceFile;
    private String remark = "";
    private long samples;

    /**
     * A round that begins now.
     *
     * @param goOn whether to go on; false gives the round up
     * @param notBeforeMs records before that time are left out, whatever the plan says
     */
    Round(TrainerPlan plan, TrainerDesk desk, BooleanSupplier goOn, long startedMs, long notBeforeMs) {
        this.notBeforeMs = notBeforeMs;
        this.plan = plan;
        this.desk = desk;
        this.goOn = goOn;
        this.startedMs = startedMs;
        this.inForceFile = plan.bundled();
        this.version = VERSION.format(Instant.ofEpochMilli(startedMs));
    }

    /**
     * Runs it.
     *
     * @param why what called for it, for people
     * @throws Abandoned if it was given up
     */
    TrainerStatus run(String why) throws IOException, ModelRefused, TrainingRefused {
        Standing seen = desk.standing();
        Optional<String> shadow = seen.pointer().flatMap(Pointer::shadow);
        if (plan.shadow() && shadow.isPresent()) {
            return told(
                    Outcome.WAITING,
                    "version " + shadow.get()
                            + " still runs as a shadow; promote it, or withdraw it (limpid model withdraw)");
        }
        Optional<TrainerDesk.InForce> announced = desk.open(seen);
        inForceFile = announced.map(TrainerDesk.InForce::file).orElse(plan.bundled());
        try (Opened inForce = new Opened(announced.isPresent() ? announced.get().model() : open(plan.bundled()));
                InputTopic topic = InputTopic.of(definition())) {
            inForceName = seen.inForce()
                    .map(manifest -> manifest.id().toString())
                    .orElse(inForce.file.denoiser().spec().id().toString());
            long planMs = plan.rounds()
                    .since()
                    .map(back -> startedMs - back.toMillis())
                    .orElse(0L);
            Split split = Split.of(
                    topic.ranges(Math.max(planMs, notBeforeMs)),
                    plan.rounds().judgedShare(),
                    inForce.file.metadata().training().data());
            LOG.info(
                    "round {} ({}) of {}: {} is in force",
                    version,
                    why,
                    definition().pipeline(),
                    inForceName);
            return judged(topic, split, seen, inForce.file);
        }
    }

    private Definition definition() {
        return plan.definition();
    }

    private TrainerStatus judged(InputTopic topic, Split split, Standing seen, ModelFile inForce)
            throws IOException, ModelRefused, TrainingRefused {
        Subject.Material material = plan.subject()
                .read(
                        plan,
                        version,
                        new Subject.Flow(
                                topic,
                                split,
                                leftOut(),
                                startedMs,
                                goOn,
                                new Subject.Incumbent(inForceFile, inForceName, inForce)));
        samples = material.samples();
        goOn();
        LOG.info("{}", material.told());
        Optional<String> tooLittle = material.tooLittle();
        if (tooLittle.isPresent()) {
            return told(Outcome.TOO_LITTLE, tooLittle.get());
        }
        Subject.Candidate trained = material.train(listener());
        remark = trained.remark();
        candidateName = trained.name() + ":" + version;
        Path folder = Files.createTempDirectory("limpid-round");
        Path file = folder.resolve(trained.name() + ".onnx");
        try {
            trained.bytes().write(file);
            try (Opened candidate = new Opened(open(file))) {
                candidateName = candidate.file.denoiser().spec().id().toString();
                Judged judged = material.compare(candidate.file);
                return decided(file, seen, material, judged, material.doubt(candidate.file));
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** In a drift alerts are left in: it is what raised them, and what the model is to learn. */
    private LeftOut leftOut() throws IOException {
        return new LeftOut(
                notBeforeMs > 0 ? List.of() : AlertsTopic.read(definition()),
                plan.marks().read());
    }

    private TrainerStatus decided(
            Path file, Standing seen, Subject.Material material, Judged judged, Optional<String> doubt)
            throws IOException, ModelRefused {
        String figures = String.format(
                Locale.ROOT,
                "error %.4f%s, in force %.4f: lower by %.1f %% (%.1f to %.1f %%) on %d %s of %d series",
                judged.error(),
                material.unit(),
                judged.errorInForce(),
                100 * judged.lowerBy(),
                100 * judged.atLeast(),
                100 * judged.atMost(),
                judged.pieces(),
                material.things(),
                judged.series());
        if (judged.atLeast() < plan.rounds().errorLowerBy()) {
            return told(
                    Outcome.NOT_BETTER,
                    judged,
                    String.format(
                            Locale.ROOT,
                            "%s; wanted %.1f %% at least",
                            figures,
                            100 * plan.rounds().errorLowerBy()));
        }
        if (doubt.isPresent()) {
            return told(Outcome.NOT_BETTER, judged, figures + "; not published: " + doubt.get());
        }
        if (!plan.publish()) {
            return told(Outcome.BETTER, judged, figures + "; not published, for --publish was not given");
        }
        Offer own = Offer.checked(file);
        Offer offer = new Offer(file, own.name(), version, plan.shadow(), Optional.empty(), own.provenance());
        if (!new Patient(this::goOn).publish(desk, seen, offer, plan.key())) {
            return told(Outcome.FAILED, judged, figures + "; not published: the pointer was changed meanwhile");
        }
        return told(plan.shadow() ? Outcome.SHADOW : Outcome.PUBLISHED, judged, figures);
    }

    private void goOn() {
        if (!goOn.getAsBoolean()) {
            throw new Abandoned();
        }
    }

    private TrainingListener listener() {
        long begun = System.nanoTime();
        return progress -> {
            goOn();
            if (progress.step() == progress.steps() || progress.step() % 500 == 0) {
                LOG.info(
                        "step {} of {} after {} s, held-out loss {}",
                        progress.step(),
                        progress.steps(),
                        Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                        String.format(Locale.ROOT, "%.4f", progress.heldOutLoss()));
            }
        };
    }

    private ModelFile open(Path file) throws ModelRefused {
        return ModelFile.open(file, Provider.CPU, WantedModel.of(definition()));
    }

    /** A model that is closed at the end. */
    private record Opened(ModelFile file) implements AutoCloseable {
        @Override
        public void close() {
            file.denoiser().close();
        }
    }

    /** Samples read so far. */
    long samples() {
        return samples;
    }

    /** What went wrong. */
    TrainerStatus failed(String reason) {
        return told(Outcome.FAILED, reason);
    }

    private TrainerStatus told(Outcome outcome, String reason) {
        return told(outcome, Optional.empty(), reason);
    }

    private TrainerStatus told(Outcome outcome, Judged judged, String reason) {
        return told(outcome, Optional.of(judged), reason);
    }

    private TrainerStatus told(Outcome outcome, Optional<Judged> judged, String reason) {
        return new TrainerStatus(
                definition().pipeline(),
                plan.instance(),
                definition().model().name(),
                outcome,
                inForceName,
                candidateName,
                judged,
                reason + remark,
                startedMs,
                System.currentTimeMillis());
    }
}
