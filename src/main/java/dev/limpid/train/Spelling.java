package dev.limpid.train;

import java.util.Collection;
import java.util.Optional;

/** Finds the known word that a misspelt one most likely means. */
@FunctionalInterface
public interface Spelling {
    Optional<String> nearest(String word, Collection<String> known);

    /** Makes no guess. */
    Spelling NONE = (word, known) -> Optional.empty();
}
