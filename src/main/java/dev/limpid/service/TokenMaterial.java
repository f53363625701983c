package dev.limpid.service;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.model.Denoiser;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.ModelFile;
import dev.limpid.train.TokenSpec;
import dev.limpid.train.TokenTrainer;
import dev.limpid.train.TrainingListener;
import dev.limpid.train.TrainingRefused;
import dev.limpid.train.tokens.Sessions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of tokens.
 *
 * @param ranges that the sessions to train on are of
 * @param training in the order of time, as is {@code judged}
 */
record TokenMaterial(
        TrainerPlan plan,
        TokenSpec spec,
        Subject.Incumbent incumbent,
        TopicTokens read,
        List<OffsetRange> ranges,
        List<TopicSession> training,
        List<TopicSession> judged)
        implements Subject.Material {
    /** Sessions to judge by: more make the interval narrower, and the round longer. */
    private static final int MOST_JUDGED = 4_096;
    /** Fewer say nothing. */
    private static final int LEAST_JUDGED = 16;
    /** As {@link TokenTrainer} calls it. */
    private static final String FAULTS_FOUND = "calibratedFaultsFound";
    /** Share of a vocabulary that may be new without a word. */
    private static final double MOST_NEW = 0.25;
    /** Of the faults that the model in force finds, the share that a candidate must. */
    private static final double LEAST_FAULTS = 0.9;

    TokenMaterial {
        judged = judged.size() <= MOST_JUDGED ? judged : spread(judged);
    }

    /** As many as are taken, evenly over time. */
    private static List<TopicSession> spread(List<TopicSession> all) {
        List<TopicSession> some = new ArrayList<>();
        for (int i = 0; i < MOST_JUDGED; i++) {
            some.add(all.get((int) ((long) i * all.size() / MOST_JUDGED)));
        }
        return some;
    }

    @Override
    public String told() {
        return read.told() + "; " + training.size() + " to train on, " + judged.size() + " to judge by";
    }

    @Override
    public String things() {
        return "sessions";
    }

    @Override
    public String unit() {
        return " nats";
    }

    @Override
    public long samples() {
        return read.tokens();
    }

    @Override
    public Optional<String> tooLittle() {
        int least = 2 * spec.scoring().folds();
        if (training.size() >= least && judged.size() >= LEAST_JUDGED) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%d sessions to train on, wanted %d, and %d to judge by that %s has not seen, wanted %d; wait, or raise --since"
                        + " or train.topic.judged: %s",
                training.size(),
                least,
                judged.size(),
                incumbent.name(),
                LEAST_JUDGED,
                read.told()));
    }

    @Override
    public Subject.Candidate train(TrainingListener listener) throws IOException, TrainingRefused {
        Sessions sessions = read.sessions(
                training, ranges, incumbent.model().denoiser().spec().vocabulary());
        List<String> problems = plan.definition().problems(sessions.vocabulary());
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train " + spec.name(), problems);
        }
        return new Subject.Candidate(
                TokenTrainer.train(sessions, spec, listener, Optional.empty()).bytes(),
                spec.name(),
                grown(incumbent.model().denoiser().spec().vocabulary(), sessions.vocabulary(), Vocabulary.MAX_TOKENS));
    }

    /** What to say of a vocabulary that grows as it should not: tokens are never forgotten, so it goes on until there is no room. */
    static String grown(Vocabulary before, Vocabulary now, int most) {
        int size = now.entries().size();
        int more = size - before.entries().size();
        boolean full = size >= most;
        if (!full && more <= MOST_NEW * size) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "; %,d of the candidate's %,d tokens are new%s: if these are numbers or names that do not come again, leave them out of the"
                        + " records, or read log lines by input.format: drain",
                more,
                size,
                full ? ", and it has room for no more" : "");
    }

    @Override
    public Judged compare(ModelFile candidate) {
        SessionJudge judge = judge();
        return Paired.ofMeans(
                judge.surprise(incumbent.model().denoiser()),
                judge.surprise(candidate.denoiser()),
                judged.stream().map(TopicSession::series).toList(),
                plan.rounds().confidence(),
                spec.seed());
    }

    private SessionJudge judge() {
        return new SessionJudge(
                read.sessions(judged),
                spec.length(),
                spec.hop(),
                plan.definition().maxWindows());
    }

    @Override
    public Optional<String> doubt(ModelFile candidate) {
        return moreSurprised(candidate.denoiser())
                .or(() -> fewerFaults(
                        incumbent.model().metadata().metrics(),
                        candidate.metadata().metrics()));
    }

    /** A token that only the candidate knows speaks for it, by up to 16 nats: what both know must not pay for that. */
    private Optional<String> moreSurprised(Denoiser candidate) {
        Denoiser inForce = incumbent.model().denoiser();
        Vocabulary known = inForce.spec().vocabulary();
        Vocabulary now = candidate.spec().vocabulary();
        if (now.entries().size() == known.entries().size()) {
            return Optional.empty();
        }
        return moreSurprised(judge().surprise(inForce, now), judge().surprise(candidate, known));
    }

    /** By the mean of each session's known tokens. */
    static Optional<String> moreSurprised(double[] inForce, double... candidate) {
        double before = Arrays.stream(inForce).average().orElse(0);
        double after = Arrays.stream(candidate).average().orElse(0);
        if (after <= before) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "by the tokens that both know its error is %.4f nats, in force %.4f: it is better by new tokens alone; raise --since or"
                        + " train.steps",
                after,
                before));
    }

    /**
     * Faults in what was learned from raise all thresholds, but no surprise tells so: what stands out then tells. By each model's own
     * calibration, on sessions with one made-up fault.
     */
    static Optional<String> fewerFaults(Map<String, Double> inForce, Map<String, Double> candidate) {
        Double before = inForce.get(FAULTS_FOUND);
        Double after = candidate.get(FAULTS_FOUND);
        if (before == null || after == null || after >= LEAST_FAULTS * before) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "of sessions with a made-up fault %.1f %% stand out, with the one in force %.1f %%: it learned from sessions with faults,"
                        + " or from too few; leave them out (--exclude), or raise --since",
                100 * after,
                100 * before));
    }
}
