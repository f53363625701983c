package dev.limpid.cli;

import dev.limpid.definition.Durations;
import dev.limpid.telemetry.Telemetry;
import dev.limpid.web.Probes;
import dev.limpid.web.WebServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid run}. */
@Command(name = "run", description = "Runs pipelines against a Kafka cluster.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

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

    @Option(
            names = "--stop-within",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long a stop may take: ${DEFAULT-VALUE}; after that the process ends with exit code 1.")
    private String stopWithin = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Map<String, String> environment = System.getenv();
        String name = instance.isEmpty() ? hostName(environment) : instance;
        Duration within = Durations.parse(stopWithin);
        if (within == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--stop-within is '" + stopWithin + "', wanted a duration such as 30s");
        }
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        try {
            int exit = run(environment, name, within, ended);
            ended.complete(exit);
            return exit;
        } finally {
            ended.complete(Limpid.FAILED);
        }
    }

    private int run(Map<String, String> environment, String name, Duration within, CompletableFuture<Integer> ended)
            throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> await(stop, ended), "limpid-shutdown");
        try (Telemetry telemetry = new Telemetry();
                RunningPipelines pipelines = RunningPipelines.start(files, environment, name, telemetry);
                WebServer web =
                        WebServers.start(host, port, telemetry, new Probes(pipelines::notLive, pipelines::notReady))) {
            Runtime.getRuntime().addShutdownHook(onSignal);
            telemetry.jvm();
            log().info("metrics and probes on http://{}:{}/metrics", host, web.port());
            while (!stop.await(1, TimeUnit.SECONDS)) {
                if (!pipelines.notLive().isEmpty()) {
                    log().error("{}; the process ends", String.join(", ", pipelines.notLive()));
                    return Limpid.FAILED;
                }
            }
            log().info("stopping");
            List<String> late = pipelines.stop(within);
            if (late.isEmpty()) {
                log().info("stopped: a restart goes on at the last commit");
                return 0;
            }
            log().error(
                            "{} did not stop within {}: what came after the last commit is done again by the next to run it",
                            String.join(", ", late),
                            stopWithin);
            return Limpid.FAILED;
        }
    }

    /** On SIGTERM the JVM runs this, and ends as soon as it returns: with 143, whatever the command returns. */
    private static void await(CountDownLatch stop, CompletableFuture<Integer> ended) {
        stop.countDown();
        int exit = ended.join();
        if (exit != 0) {
            Runtime.getRuntime().halt(exit);
        }
    }

    static String hostName(Map<String, String> environment) {
        try {
            return environment.getOrDefault(
                    "HOSTNAME", InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return "instance";
        }
    }

    /** Not a static field: it would be made with every command line, before {@code limpid demo} sets the levels. */
    private static Logger log() {
        return LoggerFactory.getLogger(RunCommand.class);
    }
}
