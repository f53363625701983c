package dev.limpid.train;

import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.GoldenWindow;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.Thresholds;
import dev.limpid.train.tokens.TokenDisturbance;
import dev.limpid.train.tokens.TokenFrequencies;
import dev.limpid.train.tokens.TokenWindows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Writes a fitted model of tokens, and checks what was written.
 *
 * @param alone what the thresholds would be if the tokens' surprise alone counted
 */
record TokenExport(
        TokenSpec spec,
        Sessions sessions,
        TokenGraph graph,
        Fitter.Fitted fitted,
        Thresholds thresholds,
        Thresholds alone,
        TokenEvidence evidence) {
    private static final double[] PROBABILITIES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final int GOLDEN = 3;
    private static final int CANDIDATES = 64;
    private static final int EXAMPLES = 6;

    TrainedTokens write(TokenWindows heldOut) throws TrainingRefused {
        double[] scores = IntStream.range(0, thresholds.units())
                .mapToDouble(unit -> thresholds.score(evidence.values(), unit))
                .toArray();
        ModelMetadata metadata = metadata(scores, heldOut);
        byte[] bytes = graph.bytes(fitted.weights(), thresholds, metadata);
        int checked = Math.min(64, heldOut.size());
        TokenExportCheck.check(
                bytes, metadata, graph, fitted.weights(), thresholds, TokenJudge.ids(heldOut, 0, checked));
        long parameters = fitted.weights().values().stream()
                .mapToLong(values -> values.length)
                .sum();
        return new TrainedTokens(
                new OnnxBytes(bytes),
                metadata,
                parameters,
                fitted.steps(),
                fitted.bestStep(),
                thresholds,
                IntStream.range(0, scores.length).mapToObj(i -> scores[i]).toList(),
                examples(heldOut));
    }

    private ModelMetadata metadata(double[] scores, TokenWindows heldOut) {
        List<String> phrases = new ArrayList<>();
        phrases.add(String.format(Locale.ROOT, "every %d. token hidden, from any of the first on", spec.masks()));
        spec.corruption().forEach(disturbance -> phrases.add(phrase(disturbance)));
        long drawn = (long) fitted.steps() * spec.schedule().batch();
        return new ModelMetadata(
                        ModelMetadata.FORMAT,
                        spec.name(),
                        spec.version(),
                        Kind.SIGNAL.label(),
                        spec.length(),
                        List.of(new ChannelSpec("token", "", 1)),
                        quantiles(scores),
                        new ModelMetadata.Training(
                                sessions.digests(),
                                spec.seed(),
                                phrases,
                                (int) Math.max(1, drawn / sessions.size()),
                                Trainer.code(),
                                1),
                        List.of(new InputStatistics(
                                0, 0, 0, sessions.vocabulary().ids() - 1)),
                        golden(),
                        metrics(heldOut))
                .with(sessions.vocabulary());
    }

    private static String phrase(TokenDisturbance disturbance) {
        return String.format(Locale.ROOT, "%.0f %%: %s", 100 * disturbance.chance(), disturbance.phrase());
    }

    private static Floats quantiles(double... scores) {
        double[] sorted = scores.clone();
        java.util.Arrays.sort(sorted);
        float[] quantiles = new float[PROBABILITIES.length];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = (float) sorted[(int) Math.round(PROBABILITIES[i] * (sorted.length - 1))];
        }
        return Floats.owning(quantiles);
    }

    private SortedMap<String, Double> metrics(TokenWindows heldOut) {
        SortedMap<String, Double> metrics = new TreeMap<>();
        metrics.put("steps", (double) fitted.steps());
        metrics.put("bestStep", (double) fitted.bestStep());
        TokenCleaning cleaning = TokenCleaning.of(graph, fitted.weights(), heldOut, spec.above(), spec.seed() + 4);
        metrics.put("heldOutMaskedRestored", cleaning.restored());
        metrics.put("heldOutReplacedRestored", cleaning.found());
        metrics.put("heldOutUntouchedChanged", cleaning.changed());
        double lengths = InfilledLengths.of(
                graph.model(), fitted.weights(), heldOut, new TokenFrequencies(sessions.vocabulary()), spec.seed() + 7);
        if (Double.isFinite(lengths)) {
            metrics.put("heldOutLengthsTold", lengths);
        }
        metrics.put("calibratedSessions", (double) thresholds.units());
        metrics.put("calibratedAlerts", (double) thresholds.above());
        for (Check check : Check.values()) {
            metrics.put("threshold" + camel(check), thresholds.of(check));
        }
        alone.values().forEach((check, value) -> metrics.put("alone" + camel(check), value));
        metrics.put("calibratedFaultsFound", thresholds.found());
        metrics.put("aloneFaultsFound", alone.found());
        return metrics;
    }

    private static String camel(Check check) {
        StringBuilder text = new StringBuilder();
        for (String word : check.name().split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }

    /**
     * Windows made up of drawn tokens, never taken from the data; of many those whose answer is clearest, so that no other kind of
     * processor answers otherwise.
     */
    private List<GoldenWindow> golden() {
        int length = spec.length();
        SplittableRandom random = new SplittableRandom(spec.seed());
        long[] ids = new long[CANDIDATES * length];
        for (int window = 0; window < CANDIDATES; window++) {
            int size = 1 + random.nextInt(length);
            int kinds = 1 + random.nextInt(3);
            int from = random.nextInt(sessions.vocabulary().entries().size());
            for (int i = 0; i < size; i++) {
                int token = (from + random.nextInt(kinds))
                        % sessions.vocabulary().entries().size();
                int odd = random.nextInt(20);
                ids[window * length + i] =
                        odd == 0 ? Kind.Tokens.MASKED : odd == 1 ? Kind.Tokens.UNKNOWN : Kind.Tokens.FIRST + token;
            }
        }
        try (TorchTokenOps ops = TorchTokenOps.of(fitted.weights())) {
            TokenJudge.Said said = TokenJudge.said(graph, ops, ids);
            return IntStream.range(0, CANDIDATES)
                    .boxed()
                    .sorted(Comparator.comparingDouble(window -> -clarity(said, window)))
                    .limit(GOLDEN)
                    .map(window -> golden(said, window))
                    .toList();
        }
    }

    /** The least confidence in a window. */
    private double clarity(TokenJudge.Said said, int window) {
        return IntStream.range(window * spec.length(), (window + 1) * spec.length())
                .filter(i -> said.ids()[i] != Kind.Tokens.PADDING)
                .mapToDouble(i -> said.confidence()[i])
                .min()
                .orElse(0);
    }

    private GoldenWindow golden(TokenJudge.Said said, int window) {
        float[] input = new float[spec.length()];
        float[] expected = new float[spec.length()];
        for (int i = 0; i < input.length; i++) {
            input[i] = said.ids()[window * input.length + i];
            expected[i] = said.clean()[window * input.length + i];
        }
        return new GoldenWindow(Floats.owning(input), Floats.of(), Floats.owning(expected), 0);
    }

    private List<TrainedTokens.Example> examples(TokenWindows heldOut) {
        SplittableRandom random = new SplittableRandom(spec.seed() + 5);
        List<TrainedTokens.Example> examples = new ArrayList<>();
        try (TorchTokenOps ops = TorchTokenOps.of(fitted.weights())) {
            for (int i = 0; i < Math.min(EXAMPLES, heldOut.size()); i++) {
                int[] clean = heldOut.at(random.nextInt(heldOut.size()));
                long[] spoilt =
                        TokenCleaning.spoilt(clean, i % 2 == 0, graph.model().ids(), random);
                TokenJudge.Said said = TokenJudge.said(graph, ops, spoilt);
                long[] cleaned = new long[spoilt.length];
                for (int place = 0; place < cleaned.length; place++) {
                    cleaned[place] = TokenCleaning.cleaned(said, place, spec.above());
                }
                long[] whole = IntStream.of(clean).asLongStream().toArray();
                examples.add(new TrainedTokens.Example(text(whole), text(spoilt), text(cleaned)));
            }
        }
        return examples;
    }

    private List<String> text(long... ids) {
        List<String> text = new ArrayList<>();
        for (long id : ids) {
            if (id >= Kind.Tokens.FIRST) {
                text.add(sessions.vocabulary().token((int) id));
            } else if (id != Kind.Tokens.PADDING) {
                text.add(id == Kind.Tokens.MASKED ? "_" : "?");
            }
        }
        return text;
    }
}
