package dev.limpid.train;

/** Where fresh corrupted windows come from. */
@FunctionalInterface
interface Batches {
    void fill(TrainingBatch batch);
}
