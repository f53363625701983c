package dev.limpid.cli;

import dev.limpid.telemetry.Telemetry;
import dev.limpid.web.Probes;
import dev.limpid.web.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code limpid run}. */
@Command(name = "run", description = "Runs pipelines against a Kafka cluster.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pipeline definitions.")
    private List<Path> files = List.of();

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address of metrics and probes: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "9400",
            description = "Port of metrics and probes: ${DEFAULT-VALUE}; 0 for any.")
    private int port;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "Name of this instance among those of a pipeline, the same after a restart: the host's name.")
    private String instance = "";

    @Override
    public Integer call() throws Exception {
        Map<String, String> environment = System.getenv();
        String name = instance.isEmpty() ? hostName(environment) : instance;
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> await(stop, closed), "limpid-shutdown");
        try (Telemetry telemetry = new Telemetry();
                RunningPipelines pipelines = RunningPipelines.start(files, environment, name, telemetry);
                WebServer web = serve(telemetry, pipelines)) {
            Runtime.getRuntime().addShutdownHook(onSignal);
            telemetry.jvm();
            LOG.info("metrics and probes on http://{}:{}/metrics", host, web.port());
            while (!stop.await(1, TimeUnit.SECONDS)) {
                if (!pipelines.notLive().isEmpty()) {
                    LOG.error("{}; the process ends", String.join(", ", pipelines.notLive()));
                    return Limpid.FAILED;
                }
            }
            LOG.info("stopping: what was taken in is committed");
            return 0;
        } finally {
            closed.countDown();
        }
    }

    private WebServer serve(Telemetry telemetry, RunningPipelines pipelines) {
        try {
            return WebServer.start(host, port, telemetry, new Probes(pipelines::notLive, pipelines::notReady));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot serve metrics on " + host + ":" + port + ": " + e.getMessage() + "; choose another --port",
                    e);
        }
    }

    /** On SIGTERM the JVM runs this, and halts as soon as it returns. */
    private static void await(CountDownLatch stop, CountDownLatch closed) {
        stop.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hostName(Map<String, String> environment) {
        try {
            return environment.getOrDefault(
                    "HOSTNAME", InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return "instance";
        }
    }
}
