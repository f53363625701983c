package dev.limpid.service;

import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.onnx.ModelFile;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.Trainer;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingListener;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces of signals.
 *
 * @param series of which there is something to judge by
 * @param length samples of a piece to judge by
 */
record SignalMaterial(
        TrainerPlan plan,
        SignalSubject subject,
        TrainSpec spec,
        Subject.Incumbent incumbent,
        TopicRecordings read,
        List<Piece> judged,
        int series,
        int length,
        long samples)
        implements Subject.Material {
    private static final Logger LOG = LoggerFactory.getLogger(SignalMaterial.class);
    /** Pieces to judge by: more make the interval narrower, and the round longer. */
    static final int MOST_JUDGED = 512;
    /** Fewer say nothing. */
    private static final int LEAST_JUDGED = 4;

    @Override
    public String told() {
        return "to train on: " + read.told() + "; to judge by: " + judged.size() + " pieces of " + series + " series";
    }

    @Override
    public String things() {
        return "pieces";
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Optional<String> tooLittle() {
        if (!read.recordings().isEmpty() && judged.size() >= LEAST_JUDGED) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d pieces of %d samples in a row to train on, wanted 1, and %d of %d to judge by that %s has not seen, wanted"
                        + " %d; wait, or raise --since or train.topic.judged",
                read.recordings().size(),
                TrainingData.leastSamples(spec),
                judged.size(),
                length,
                incumbent.name(),
                LEAST_JUDGED));
    }

    @Override
    public Subject.Candidate train(TrainingListener listener) throws IOException, TrainingRefused {
        TrainingData data = new TrainingData(
                read.recordings(), subject.noise().noise(), subject.noise().named());
        Beginning beginning = Beginning.of(plan.rounds().start(), spec, incumbent.file(), incumbent.name());
        return new Subject.Candidate(
                Trainer.train(data, beginning.spec(), beginning.weights(), listener)
                        .bytes(),
                spec.name(),
                beginning.remark());
    }

    private Spoiler spoiler() {
        return new Spoiler(subject.noise().unseen(spec.heldOut()), spec.seed());
    }

    @Override
    public Judged compare(ModelFile candidate) {
        Spoiler spoiler = spoiler();
        LOG.info("judging by {}", spoiler.phrase());
        Judge judge = new Judge(plan.definition().spec(), spoiler, plan.rounds().confidence(), spec.seed());
        return judge.compare(incumbent.model().denoiser(), candidate.denoiser(), judged);
    }

    @Override
    public Optional<String> doubt(ModelFile candidate) {
        return spoiler().doubt(judged, plan.definition().input().channels());
    }
}
