package dev.limpid.telemetry;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The process's meters: one {@link PipelineMeters} per pipeline or a {@link TrainerMeters}, those of its Kafka clients, those of the JVM. Thread-safe. */
public final class Telemetry implements AutoCloseable {
    /** The content type of {@link #scrape}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<PipelineMeters> pipelines = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> binders = new CopyOnWriteArrayList<>();

    /** Adds a pipeline's meters. */
    public PipelineMeters pipeline(String name) {
        PipelineMeters meters = new PipelineMeters(registry, name);
        pipelines.add(meters);
        return meters;
    }

    /**
     * Adds the meters of a pipeline's trainer.
     *
     * @param startMs when the process began
     */
    public TrainerMeters trainer(String pipeline, long startMs) {
        return new TrainerMeters(registry, pipeline, startMs);
    }

    /** Adds the meters of this JVM. */
    public void jvm() {
        bind(new JvmMemoryMetrics());
        bind(new JvmGcMetrics());
        bind(new JvmThreadMetrics());
        bind(new ProcessorMetrics());
        bind(new UptimeMetrics());
    }

    /** Adds the meters of a binder, which is closed with them. */
    public void bind(MeterBinder binder) {
        binder.bindTo(registry);
        if (binder instanceof AutoCloseable closeable) {
            binders.add(closeable);
        }
    }

    /** All meters in Prometheus' text format. */
    public String scrape() {
        pipelines.forEach(PipelineMeters::refresh);
        return registry.scrape();
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        for (AutoCloseable binder : binders) {
            try {
                binder.close();
            } catch (Exception e) {
                throw new IllegalStateException("meters cannot be closed", e);
            }
        }
        registry.close();
    }
}
