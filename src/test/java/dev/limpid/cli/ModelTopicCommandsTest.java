package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.onnx.TinyModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands around the models topic, as an operator uses them. */
@Timeout(120)
class ModelTopicCommandsTest {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private String limpid(int exit, String... arguments) {
        StringWriter out = new StringWriter();
        int got = Limpid.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
        assertThat(got).as(String.join(" ", arguments) + ": " + errors).isEqualTo(exit);
        return out.toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void a_signed_model_is_published_listed_rolled_back_and_removed_while_a_pipeline_runs() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            // Given
            String to = broker.bootstrapServers();
            Files.write(folder.resolve("half.onnx"), TinyModel.halving(1, 8).bytes());
            Files.write(folder.resolve("same.onnx"), TinyModel.identity(1, 8).bytes());
            Path file = Files.writeString(
                    folder.resolve("tiny.yaml"),
                    """
                    pipeline: tiny
                    input: { channels: [v], sample-rate-hz: 100 }
                    window: { length: 8, hop: 4 }
                    model: { bundled: %s, topic: limpid.models }
                    models: { trusted-keys: [%s] }
                    kafka: { bootstrap.servers: "%s", state.dir: %s }
                    """
                            .formatted(path("half.onnx"), path("key.pub"), to, path("state")));
            assertThat(limpid(0, "model", "keygen", "--out", path("key"))).contains("trust    ed25519:");
            limpid(1, "model", "keygen", "--out", path("key"));
            assertThat(limpid(0, "topics", "create", file.toString(), "--replication-factor", "1"))
                    .contains("limpid.models", "limpid.model-status");

            try (RunProcess run = RunProcess.start(file)) {
                // When
                assertThat(publish(to, "half.onnx", "1", "--dry-run")).contains("sequence  1");
                assertThat(limpid(0, "model", "list", "--to", to)).contains("nothing is announced");
                publish(to, "half.onnx", "1");
                publish(to, "same.onnx", "2");

                // Then
                awaitVersion(run, "2");
                JsonNode model = list(to);
                assertThat(model.at("/pointer/inForce").asText()).isEqualTo("2");
                assertThat(model.at("/pointer/previous").asText()).isEqualTo("1");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> list(to).at("/instances/0/runs").asText().startsWith("tiny:2@"));

                // When
                publish(to, "half.onnx", "3", "--shadow");

                // Then
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> list(to).at("/shadows/0/running").asBoolean());
                JsonNode shadow = list(to).at("/shadows/0");
                assertThat(shadow.at("/shadow").asText()).startsWith("tiny:3@");
                assertThat(shadow.at("/beside").asText()).startsWith("tiny:2@");
                assertThat(limpid(0, "model", "list", "--to", to)).contains("beside", "0 against 0");
                assertThat(limpid(0, "model", "withdraw", "tiny", "--to", to, "--key", path("key")))
                        .doesNotContain("shadow");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> list(to).at("/shadows/0/note").asText().startsWith("ended"));

                // When
                limpid(0, "model", "rollback", "tiny", "-b", to, "--key", path("key"));
                awaitVersion(run, "1");
                limpid(0, "model", "promote", "tiny", "--version", "2", "-b", to);

                // Then the pointer without a signature does not count
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> list(to).at("/instances/0/check").asText().equals("signature"));
                assertThat(limpid(0, "model", "list", "--to", to))
                        .contains("refused tiny (pointer)", "it is not signed");
                awaitVersion(run, "1");
                assertThat(run.get("/metrics")).contains("limpid_model_refusals_total{check=\"signature\"");
                assertThat(limpid(0, "model", "gc", "--to", to)).contains("nothing to remove");
            }
        }
        assertThat(errors.toString()).contains("key exists already; a key is never overwritten");
    }

    private String publish(String to, String file, String version, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("model", "publish", path(file), "--to", to, "--version", version, "--key", path("key")));
        arguments.addAll(List.of(more));
        return limpid(0, arguments.toArray(String[]::new));
    }

    private JsonNode list(String to) throws Exception {
        return new ObjectMapper()
                .readTree(limpid(0, "model", "list", "tiny", "--to", to, "--output", "json"))
                .at("/models/0");
    }

    private static void awaitVersion(RunProcess run, String version) {
        await("version " + version)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> run.get("/metrics").contains(",version=\"" + version + "\"}"));
    }

    @Test
    void a_signature_beside_a_file_counts_for_that_file_only() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("model"), "some bytes");
        limpid(0, "model", "keygen", "--out", path("key"));
        limpid(0, "model", "sign", file.toString(), "--key", path("key"));

        // Then
        limpid(0, "model", "sign", file.toString(), "--check", path("key.pub"));
        Files.writeString(file, "other bytes");
        assertThat(limpid(1, "model", "sign", file.toString(), "--check", path("key.pub")))
                .contains("does not fit");
        limpid(2, "model", "sign", file.toString());
    }
}
