package dev.limpid.demo;

import dev.limpid.definition.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Has a model trained on what flowed while records go on flowing, and published if it is better. One thread; what goes wrong is noted
 * in the {@link ModelWatch}.
 */
final class Retraining implements Runnable {
    private static final long LOOK_MS = 20;

    private final Definition definition;
    private final Path home;
    private final Path key;
    private final DemoTrainer trainer;
    private final long atMs;
    private final LongSupplier simulatedMs;
    private final ModelWatch models;

    /**
     * @param key the private key to sign with
     * @param atMs when it begins, simulated
     * @param simulatedMs how far the simulation has come
     */
    Retraining(
            Definition definition,
            Path home,
            Path key,
            DemoTrainer trainer,
            long atMs,
            LongSupplier simulatedMs,
            ModelWatch models) {
        this.definition = definition;
        this.home = home;
        this.key = key;
        this.trainer = trainer;
        this.atMs = atMs;
        this.simulatedMs = simulatedMs;
        this.models = models;
    }

    @Override
    public void run() {
        try {
            Path noise = key.resolveSibling("noise.csv");
            TrainingFiles.writeNoise(noise, definition.input().sampleRateHz());
            while (simulatedMs.getAsLong() < atMs) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            DemoTrainer.Trained trained = trainer.round(definition, DemoModels.file(home, definition), noise, key);
            trained.model()
                    .ifPresentOrElse(
                            model -> models.announced(model, System.nanoTime()), () -> models.trouble(trained.why()));
        } catch (IOException | RuntimeException e) {
            models.trouble("nothing was trained: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run has ended
        }
    }
}
