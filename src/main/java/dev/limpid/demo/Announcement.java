package dev.limpid.demo;

import dev.limpid.codec.SigningKey;
import dev.limpid.definition.Definition;
import dev.limpid.kafka.ModelClients;
import dev.limpid.kafka.ModelPublisher;
import dev.limpid.kafka.ModelPublisher.Offer;
import dev.limpid.kafka.ModelTopics;
import dev.limpid.onnx.ModelRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Announces a model while records flow, signed, as {@code limpid model publish} does. It checks the file ahead, as that command does first,
 * so that only the announcement is left for its moment. One thread; what goes wrong is noted in the {@link ModelWatch}.
 */
final class Announcement implements Runnable {
    private static final long LOOK_MS = 5;

    private final Definition definition;
    private final Path model;
    private final Path key;
    private final SwapPlan plan;
    private final LongSupplier simulatedMs;
    private final ModelWatch models;

    /**
     * @param key the private key to sign with
     * @param simulatedMs how far the simulation has come
     */
    Announcement(
            Definition definition, Path model, Path key, SwapPlan plan, LongSupplier simulatedMs, ModelWatch models) {
        this.definition = definition;
        this.model = model;
        this.key = key;
        this.plan = plan;
        this.simulatedMs = simulatedMs;
        this.models = models;
    }

    @Override
    public void run() {
        try {
            awaitSimulated(plan.atMs() / 2);
            Offer offer = Offer.checked(model);
            SigningKey signing = SigningKey.read(key);
            ModelTopics topics = ModelTopics.of(definition).orElse(ModelTopics.DEFAULT);
            ModelPublisher publisher = new ModelPublisher(ModelClients.of(definition), topics);
            awaitSimulated(plan.atMs());
            models.announced(offer.name() + ":" + offer.version(), System.nanoTime());
            publisher.publish(offer, Optional.of(signing), false);
        } catch (ModelRefused e) {
            models.trouble("it was not published: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            models.trouble("it was not published: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run has ended
        }
    }

    private void awaitSimulated(long ms) throws InterruptedException {
        while (simulatedMs.getAsLong() < ms) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }
}
