package dev.limpid.train;

import dev.limpid.train.tokens.TokenDisturbance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code train} block of a pipeline of tokens, read with defaults for what it does not say:
 *
 * <pre>{@code
 * train:
 *   network: tcn                  # or transformer
 *   width: 32
 *   blocks: 5
 *   masks: 4
 *   corruption: [ mask: { chance: 0.3, share: [0.05, 0.2] }, replace: { chance: 0.6, share: [0.02, 0.15], unknown: 0.1 } ]
 *   score: { false-alarms: 0.001, folds: 5 }
 * }</pre>
 *
 * What is wrong is collected; nothing is thrown. Confined to one thread.
 */
public final class TokenBlock {
    private TokenBlock() {}

    /** The words for the kinds of {@link TokenNetwork}. */
    private enum NetworkWord {
        TCN,
        TRANSFORMER
    }

    /**
     * The pipeline's side of a training.
     *
     * @param name the model's name
     * @param version its version
     * @param length tokens of a window
     * @param hop tokens from one window's start to the next
     * @param above when it replaces a token
     */
    public record Target(String name, String version, int length, int hop, TokenSpec.Above above) {}

    /** What a block says. */
    public record Read(TokenSpec spec, List<String> problems) {}

    /** Reads {@code block}; see the class. {@code spelling} guesses what a misspelt key means. */
    public static Read read(Map<String, Object> block, Target target, Spelling spelling) {
        List<String> problems = new ArrayList<>();
        Keys keys = new Keys("train", block, problems, spelling);
        TokenSpec spec = new TokenSpec(
                target.name(),
                target.version(),
                target.length(),
                target.hop(),
                network(keys),
                schedule(keys),
                corruption(keys),
                keys.integer("masks", 4),
                keys.number("others", 0.1),
                keys.number("held-out", 0.1),
                (long) keys.number("seed", 1),
                scoring(keys.block("score")),
                target.above());
        keys.leave(TrainBlock.ROUNDS);
        keys.finish();
        return new Read(spec, problems);
    }

    private static TokenNetwork network(Keys keys) {
        TokenTcn tcn = TokenTcn.DEFAULT;
        TokenTransformer transformer = TokenTransformer.DEFAULT;
        return switch (keys.choice("network", NetworkWord.TCN)) {
            case TCN ->
                new TokenTcn(
                        keys.integer("width", tcn.width()),
                        keys.integer("blocks", tcn.blocks()),
                        keys.integer("kernel", tcn.kernel()),
                        keys.choice("activation", tcn.activation()));
            case TRANSFORMER ->
                new TokenTransformer(
                        keys.integer("width", transformer.width()),
                        keys.integer("blocks", transformer.blocks()),
                        keys.integer("heads", transformer.heads()));
        };
    }

    private static Schedule schedule(Keys keys) {
        Descent descent = Descent.DEFAULT;
        return new Schedule(
                keys.integer("steps", 1500),
                keys.integer("batch", 32),
                keys.number("learning-rate", 3e-3),
                keys.number("weight-decay", 1e-2),
                keys.integer("evaluate-every", 100),
                keys.integer("patience", 10),
                new Descent(
                        keys.integer("warm-up", descent.warmUp()),
                        keys.number("clip-norm", descent.clipNorm()),
                        keys.number("average", descent.average()),
                        keys.integer("accumulate", descent.accumulate())));
    }

    private static List<TokenDisturbance> corruption(Keys keys) {
        List<?> list = keys.list("corruption");
        return list.isEmpty()
                ? TokenDisturbance.STANDARD
                : TokenDisturbanceKeys.read(list, keys.of("corruption", Map.of()));
    }

    private static TokenSpec.Scoring scoring(Keys keys) {
        TokenSpec.Scoring otherwise = TokenSpec.Scoring.DEFAULT;
        TokenSpec.Scoring scoring = new TokenSpec.Scoring(
                keys.number("false-alarms", otherwise.falseAlarms()),
                keys.integer("folds", otherwise.folds()),
                keys.integer("greatest", otherwise.greatest()),
                keys.integer("prototypes", otherwise.prototypes()));
        keys.finish();
        return scoring;
    }
}
