package dev.limpid.train;

import dev.limpid.train.tokens.Sessions;
import java.util.Locale;

/**
 * What a model of tokens will cost, known before it is trained.
 *
 * @param parameters trained values
 * @param multiplyAdds of convolutions and matrix products, per window, all masks together
 * @param length tokens of a window
 */
public record TokenCost(long parameters, long multiplyAdds, int length) {
    /**
     * What training by {@code spec} on {@code sessions} will give.
     *
     * @throws TrainingRefused if spec or data are not fit for it
     */
    public static TokenCost of(Sessions sessions, TokenSpec spec) throws TrainingRefused {
        TokenTrainer.refuseUnfit(sessions, spec);
        TokenCostOps ops = new TokenCostOps();
        TokenTrainer.model(sessions, spec).served(ops, new int[] {1, spec.length()});
        return new TokenCost(ops.parameters(), ops.multiplyAdds(), spec.length());
    }

    /** For people. */
    public String phrase() {
        return String.format(
                Locale.ROOT,
                "%,d parameters, %,d multiply-adds per window of %d tokens, %,d per token",
                parameters,
                multiplyAdds,
                length,
                multiplyAdds / length);
    }
}
