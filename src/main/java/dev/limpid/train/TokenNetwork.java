package dev.limpid.train;

import java.util.Optional;

/** The body of a network of tokens: embedded tokens to what is known of each by all of them. */
public sealed interface TokenNetwork permits TokenTcn, TokenTransformer {
    /** Values by which a token is embedded, and which come out for it. */
    int width();

    /**
     * The forward.
     *
     * @param embedded {@code [B, T, width]}
     * @param real {@code [B, T]}, 1 where a token stands, 0 beyond the end
     * @param length T
     * @return {@code [B, width, T]}
     */
    <V> V apply(TokenOps<V> ops, V embedded, V real, int length);

    /** Why it cannot be built; empty if it can. */
    Optional<String> problem();

    /** Its form, for people: {@code tcn 32, kernel 3, reach 1-2-4-8}. */
    String form();
}
