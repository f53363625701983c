package dev.limpid.model;

/**
 * What a model's graph gives beside {@code clean} and {@code error}.
 *
 * @param confidence how sure each value of {@code clean} is, 0 to 1
 * @param missingBefore how likely a token is missing before each, 0 to 1
 * @param missingCount how many are, if one is; 0 says nothing
 * @param score the window's score, in place of the root mean square of its residual; 1 is the threshold of its calibration
 * @param embedding length of the latent vector; 0 if there is none
 */
public record Outputs(boolean confidence, boolean missingBefore, boolean missingCount, boolean score, int embedding) {
    public static final Outputs NONE = new Outputs(false, false, false, false, 0);
}
