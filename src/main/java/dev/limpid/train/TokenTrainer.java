package dev.limpid.train;

import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.CountVectors;
import dev.limpid.train.tokens.Edited;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.Thresholds;
import dev.limpid.train.tokens.TokenFrequencies;
import dev.limpid.train.tokens.TokenWindows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a masked model of tokens and writes it, with the checks of windows as a whole, as one ONNX file.
 *
 * <p>The last part of the sessions decides when to stop. The checks are calibrated by sessions that had no hand in what judges them: the
 * tokens' surprise by models that were fitted without their part of the sessions ({@link TokenSpec.Scoring#folds}), counts, length and
 * unknown tokens by all sessions but the one. One thread.
 */
public final class TokenTrainer {
    private static final int FAULTS = 3000;

    private final Sessions sessions;
    private final TokenSpec spec;
    private final TrainingListener listener;
    private final MaskedModel model;

    private TokenTrainer(Sessions sessions, TokenSpec spec, TrainingListener listener) {
        this.sessions = sessions;
        this.spec = spec;
        this.listener = listener;
        this.model = model(sessions, spec);
    }

    /**
     * Trains, and goes on from a checkpoint if there is one.
     *
     * @throws TrainingRefused if spec or data are not fit for it, or the exported bytes do not compute what was trained
     */
    public static TrainedTokens train(
            Sessions sessions, TokenSpec spec, TrainingListener listener, Optional<Checkpoints> checkpoints)
            throws TrainingRefused, IOException {
        refuseUnfit(sessions, spec);
        return new TokenTrainer(sessions, spec, listener).train(checkpoints);
    }

    static MaskedModel model(Sessions sessions, TokenSpec spec) {
        return new MaskedModel(spec.network(), sessions.vocabulary().ids(), spec.length(), spec.masks());
    }

    static void refuseUnfit(Sessions sessions, TokenSpec spec) throws TrainingRefused {
        List<String> problems = new ArrayList<>(spec.problems());
        int least = 2 * spec.scoring().folds();
        if (sessions.size() < least) {
            problems.add("there are " + sessions.size() + " sessions, needs at least " + least
                    + ", two for each of train.score.folds");
        } else if (sessions.vocabulary().entries().size() < 2) {
            problems.add("the sessions have " + sessions.vocabulary() + ", needs at least 2");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train " + spec.name(), problems);
        }
    }

    private TrainedTokens train(Optional<Checkpoints> checkpoints) throws TrainingRefused, IOException {
        int kept = (int) Math.round(sessions.size() * (1 - spec.heldOut()));
        Sessions fittedOn = sessions.slice(0, kept);
        Sessions heldOut = sessions.slice(kept, sessions.size());
        Fitter.Fitted fitted = Trainer.fit(
                task(fittedOn, heldOut, 0),
                spec.schedule(),
                spec.seed(),
                part(0),
                checkpoints,
                Identity.of(spec, sessions));
        TokenWindows windows = windows(sessions);
        int[] units = TokenEvidence.units(sessions, windows);
        WindowChecks checks = checks(windows, units);
        TokenGraph graph = new TokenGraph(model, checks);
        TokenEvidence evidence = evidence(graph, windows, units, fitted.bestStep());
        Map<Check, double[]> faults = faults(graph, fitted);
        double budget = spec.scoring().falseAlarms();
        Map<Check, Double> least = least(checks);
        Thresholds thresholds = Thresholds.of(evidence.values(), faults, budget, least);
        Thresholds alone = Thresholds.of(Check.ofTokens(evidence.values()), Check.ofTokens(faults), budget, least);
        return new TokenExport(spec, sessions, graph, fitted, thresholds, alone, evidence).write(windows(heldOut));
    }

    /**
     * Where all sessions are alike, nothing is seen of a check, and any other window would be a million times its threshold: a token that is as
     * likely as not is no surprise, be it the only one of a window, nor is less than half a token a difference.
     */
    private Map<Check, Double> least(WindowChecks checks) {
        double evenOdds = Math.log(2);
        return Map.of(
                Check.SURPRISE,
                evenOdds,
                Check.MEAN_SURPRISE,
                evenOdds / spec.length(),
                Check.COUNTS,
                checks.counts().half());
    }

    /** What the checks find in sessions with a made-up fault. */
    private Map<Check, double[]> faults(TokenGraph graph, Fitter.Fitted fitted) {
        Sessions edited = Edited.of(sessions, FAULTS, spec.seed() + 6);
        TokenWindows windows = windows(edited);
        Map<Check, double[]> faults = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            faults.put(check, new double[edited.size()]);
        }
        int window = 0;
        for (TokenJudge.Said said : TokenJudge.said(graph, fitted.weights(), windows)) {
            for (int i = 0; i < said.windows(); i++, window++) {
                int of = windows.session(window);
                for (Map.Entry<Check, double[]> each : faults.entrySet()) {
                    each.getValue()[of] = Math.max(each.getValue()[of], said.value(i, each.getKey()));
                }
            }
        }
        return faults;
    }

    private TokenWindows windows(Sessions of) {
        return new TokenWindows(of, spec.length(), spec.hop());
    }

    private FitTask task(Sessions fittedOn, Sessions lookedAt, int part) {
        TokenFrequencies frequencies = new TokenFrequencies(sessions.vocabulary());
        return new TokenTask(
                model,
                source(windows(fittedOn), frequencies, spec.seed() + 2 + 10L * part),
                source(windows(lookedAt), frequencies, spec.seed() + 1 + 10L * part),
                spec.schedule().batch());
    }

    private TokenBatch.Source source(TokenWindows windows, TokenFrequencies frequencies, long seed) {
        return new TokenBatch.Source(windows, frequencies, spec.corruption(), spec.masks(), spec.others(), seed);
    }

    /** Progress over the model and its folds together. */
    private TrainingListener part(int part) {
        int steps = spec.schedule().steps();
        return at -> listener.progress(new TrainingListener.Progress(
                part * steps + at.step(),
                (spec.scoring().folds() + 1) * steps,
                at.loss(),
                at.heldOutLoss(),
                at.gainDb()));
    }

    private WindowChecks checks(TokenWindows windows, int... units) {
        int shortest = spec.length();
        int longest = 0;
        for (int window = 0; window < windows.size(); window++) {
            int length = TokenEvidence.length(windows.at(window));
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
        }
        CountVectors counts =
                new CountVectors(windows, model.ids(), spec.scoring().prototypes(), units);
        return new WindowChecks(counts, shortest, longest, spec.scoring().greatest());
    }

    /** Each part of the sessions judged by a model that the others trained, as long as the best one was. */
    private TokenEvidence evidence(TokenGraph graph, TokenWindows windows, int[] units, int steps) {
        double[] surprise = new double[windows.size()];
        double[] mean = new double[windows.size()];
        int folds = spec.scoring().folds();
        int window = 0;
        for (int fold = 0; fold < folds; fold++) {
            int from = (int) ((long) sessions.size() * fold / folds);
            int to = (int) ((long) sessions.size() * (fold + 1) / folds);
            Sessions out = sessions.slice(from, to);
            Fitter.Fitted fitted = fold(sessions.without(from, to), out, fold, Math.max(1, steps));
            for (TokenJudge.Said said : TokenJudge.said(graph, fitted.weights(), windows(out))) {
                for (int i = 0; i < said.windows(); i++, window++) {
                    surprise[window] = said.value(i, Check.SURPRISE);
                    mean[window] = said.value(i, Check.MEAN_SURPRISE);
                }
            }
        }
        return TokenEvidence.of(windows, graph.checks().counts(), units, model.ids(), surprise, mean);
    }

    /** Fitted without a look at what it is to judge: its last weights are what counts. */
    private Fitter.Fitted fold(Sessions fittedOn, Sessions out, int fold, int steps) {
        Schedule schedule = spec.schedule();
        Schedule once = new Schedule(
                steps, schedule.batch(), schedule.learningRate(), schedule.weightDecay(), steps, 1, schedule.descent());
        try (Fitter fitter = new Fitter(task(fittedOn, out, fold + 1), once, spec.seed() + fold + 1)) {
            return fitter.fit(part(fold + 1));
        }
    }
}
