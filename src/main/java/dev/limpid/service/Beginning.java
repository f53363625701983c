package dev.limpid.service;

import dev.limpid.train.StartingWeights;
import dev.limpid.train.TrainSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the training of a round begins.
 *
 * @param weights of the model in force; empty: from scratch
 * @param spec with as many steps as that takes
 * @param remark what to say of it on the status topic; empty if it is as was asked for
 */
record Beginning(Optional<StartingWeights> weights, TrainSpec spec, String remark) {
    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
    /** A warm start takes this part of the steps from scratch, unless said otherwise. */
    private static final int WARM_PART = 4;

    /**
     * As {@code asked}, but from scratch where the model has another network.
     *
     * @param spec from scratch
     * @param inForce the file of the model in force, which has been admitted
     * @param name its name
     */
    static Beginning of(RoundSpec.Start asked, TrainSpec spec, Path inForce, String name) throws IOException {
        if (asked.from() == RoundSpec.From.SCRATCH) {
            return new Beginning(Optional.empty(), spec, "");
        }
        StartingWeights weights = StartingWeights.of(inForce, name);
        Optional<String> misfit = weights.misfit(spec);
        if (misfit.isPresent()) {
            LOG.info("starts from scratch: {}", misfit.get());
            return new Beginning(Optional.empty(), spec, "; started from scratch: " + misfit.get());
        }
        int steps = asked.warmSteps().orElse(Math.max(1, spec.schedule().steps() / WARM_PART));
        return new Beginning(Optional.of(weights), spec.with(spec.schedule().withSteps(steps)), "");
    }
}
