package dev.limpid.train.tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One way in which a window of tokens is spoilt. A value: what it draws, it draws from the generator it is given. Shares and chances are
 * from 0 to 1, lengths in tokens.
 */
public sealed interface TokenDisturbance
        permits DeletedTokens, InfilledSpans, MaskedSpans, MaskedTokens, PermutedTokens, ReplacedTokens, ShuffledSpans {
    /** What a model is trained on where a definition does not say. */
    List<TokenDisturbance> STANDARD = List.of(
            new MaskedTokens(0.3, new Interval(0.05, 0.2)),
            new ReplacedTokens(0.6, new Interval(0.02, 0.15), 0.1),
            new DeletedTokens(0.2, new Interval(0.02, 0.1)),
            new PermutedTokens(0.1, new Interval(1, 2)),
            new MaskedSpans(0.1, new Interval(1, 2), new Interval(2, 4)),
            new InfilledSpans(0.3, new Interval(1, 1), new Interval(2, 4)));

    /** The share of windows that it strikes. */
    double chance();

    /** Spoils {@code window}, whatever the chance. */
    void strike(SpoiltTokens window, RandomGenerator random);

    /** What it does, for people and for a model's provenance: {@code 0.05..0.2 of the tokens masked}. */
    String phrase();

    /** Everything that is wrong with its values, each beginning with the key. */
    List<String> problems();

    /** Strikes {@code window} with each, by its chance, in the order of the list. */
    static void strike(List<TokenDisturbance> disturbances, SpoiltTokens window, RandomGenerator random) {
        for (TokenDisturbance disturbance : disturbances) {
            if (random.nextDouble() < disturbance.chance() && window.size() > 0) {
                disturbance.strike(window, random);
            }
        }
    }

    /** What is wrong with a chance and an interval of a key. */
    static List<String> problems(double chance, String key, Interval interval, double least, double most) {
        List<String> problems = new ArrayList<>();
        if (!(chance >= 0 && chance <= 1)) {
            problems.add("chance is " + chance + ", needs 0 to 1");
        }
        interval.problem(key, least, most).ifPresent(problems::add);
        return problems;
    }
}
