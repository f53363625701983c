package dev.limpid.cli;

import dev.limpid.model.TrainerStatus;
import dev.limpid.service.TrainerListener;
import dev.limpid.service.TrainerLoop;
import dev.limpid.service.TrainerPlan;
import dev.limpid.telemetry.Telemetry;
import dev.limpid.telemetry.TrainerMeters;
import dev.limpid.web.Probes;
import dev.limpid.web.WebServer;
import org.slf4j.LoggerFactory;

/** A trainer with its metrics and probes. */
final class ObservedTrainer {
    private final Telemetry telemetry = new Telemetry();
    private final TrainerLoop loop;

    ObservedTrainer(TrainerPlan plan) {
        TrainerMeters meters = telemetry.trainer(plan.definition().pipeline(), System.currentTimeMillis());
        this.loop = new TrainerLoop(plan, new TrainerListener() {
            @Override
            public void ended(TrainerStatus status, long samples) {
                meters.ended(status, samples);
            }

            @Override
            public void heard(TrainerStatus last) {
                meters.heard(last);
            }
        });
        meters.state(loop.vitals()::elected, plan.every());
    }

    TrainerLoop loop() {
        return loop;
    }

    /** Runs it until it is stopped, and tells of it over HTTP meanwhile. */
    void run(String host, int port) {
        Probes probes = new Probes(loop.vitals()::notLive, loop.vitals()::notReady);
        try (Telemetry open = telemetry;
                WebServer web = WebServers.start(host, port, open, probes)) {
            open.jvm();
            LoggerFactory.getLogger(ObservedTrainer.class)
                    .info("metrics and probes on http://{}:{}/metrics", host, web.port());
            loop.run();
        }
    }
}
