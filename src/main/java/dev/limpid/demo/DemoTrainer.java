package dev.limpid.demo;

import dev.limpid.definition.Definition;
import java.nio.file.Path;
import java.util.Optional;

/** Who trains while a demo runs. The demo knows no trainer; the command line brings one. */
@FunctionalInterface
public interface DemoTrainer {
    /**
     * What a round came to.
     *
     * @param model the model that was published, name and version; empty if none was
     * @param why what it was judged by, or why nothing was published
     */
    record Trained(Optional<String> model, String why) {}

    /**
     * Trains on what flowed so far on the input topic, and publishes what is better.
     *
     * @param bundled the model in force
     * @param noise CSV file of recorded noise of such sensors, of none of the fleet's
     * @param key private key to sign with
     */
    Trained round(Definition definition, Path bundled, Path noise, Path key);
}
