package dev.limpid.service;

import dev.limpid.codec.SigningKey;
import dev.limpid.kafka.ModelPublisher.Offer;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.kafka.TrainerDesk.Standing;
import dev.limpid.model.Pointer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what was trained; a training is dear, so a broker that is away is waited for, a minute and what its clients wait.
 *
 * @param goOn throws if the round is to be given up
 */
record Patient(Runnable goOn) {
    private static final Logger LOG = LoggerFactory.getLogger(Patient.class);
    private static final int TRIES = 6;
    private static final long AGAIN_MS = 10_000;

    /** Whether it stands; not if the pointer was changed meanwhile to another. */
    boolean publish(TrainerDesk desk, Standing seen, Offer offer, Optional<SigningKey> key) throws IOException {
        for (int attempt = 1; ; attempt++) {
            goOn.run();
            try {
                // a commit that timed out may have been one: then the pointer was changed to it
                return desk.publish(seen, offer, key).isPresent() || stands(desk.standing(), offer);
            } catch (IllegalStateException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                LOG.warn("{}; trying again", e.getMessage());
                pause();
            }
        }
    }

    private static boolean stands(Standing now, Offer offer) {
        return now.pointer()
                .flatMap(offer.shadow() ? Pointer::shadow : Pointer::inForce)
                .filter(offer.version()::equals)
                .isPresent();
    }

    private void pause() {
        for (long left = AGAIN_MS; left > 0; left -= 100) {
            goOn.run();
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Abandoned();
            }
        }
    }
}
