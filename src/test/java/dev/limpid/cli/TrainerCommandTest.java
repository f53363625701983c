package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.service.TrainerRig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainerCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        return Limpid.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    @Test
    void frames_are_refused_with_what_to_do_instead() {
        // When
        int code = run("trainer", "topology/frames.yaml", "--once");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString())
                .contains(
                        "kind is frame, whose models need clean frames",
                        "run limpid train FILE --clean CSV --out ONNX");
    }

    @Test
    void what_flowed_is_trained_on_with_its_offsets_on_the_card_and_a_round_without_publish_only_says_what_it_found()
            throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            // Given
            TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "command", folder);
            rig.flow(1_500);
            Path model = folder.resolve("sine.onnx");

            // When
            int trained = run(
                    "train",
                    rig.file().toString(),
                    "--from-topic",
                    "--since",
                    "1h",
                    "--steps",
                    "20",
                    "--out",
                    model.toString());

            // Then
            assertThat(trained).as(errors.toString()).isZero();
            assertThat(errors.toString())
                    .contains(
                            "command.raw: 300 records of 2 partitions, 0 of them refused: 80 pieces of 10 series, 14480 samples");
            assertThat(Files.readString(folder.resolve("sine.md")))
                    .contains("| command.raw-0 | `offsets 0..150` |")
                    .contains("| command.raw-1 | `offsets 0..150` |");

            // When
            int round = run("trainer", rig.file().toString(), "--once", "--steps", "200", "--output", "json");

            // Then
            assertThat(round).as(errors.toString()).isZero();
            assertThat(out.toString())
                    .contains("\"outcome\" : \"better\"", "not published, for --publish was not given");
            assertThat(rig.versions()).isEmpty();

            // When
            out.getBuffer().setLength(0);
            run(
                    "model",
                    "list",
                    "--bootstrap",
                    broker.bootstrapServers(),
                    "--topic",
                    "command.models",
                    "--status-topic",
                    "command.status");

            // Then
            assertThat(out.toString()).containsPattern("command +\\S+ +\\S+ +better +sine:");
        }
    }

    @Test
    void noise_is_taken_from_a_topic_of_its_own() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            // Given a training that cannot be without recorded noise, and 10 series of something on another topic
            TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "wanted", folder);
            rig.flow(600);
            new TrainerRig(broker.bootstrapServers(), "idle", folder).flow(400);
            String definition = Files.writeString(
                            folder.resolve("noisier.yaml"),
                            Files.readString(rig.file()).replace("train:", "train:\n  supervision: noisier2noise"))
                    .toString();
            String model = folder.resolve("sine.onnx").toString();

            // When
            int without = run("train", definition, "--from-topic", "--steps", "5", "--out", model);
            int with = run(
                    "train", definition, "--from-topic", "--noise-topic", "idle.raw", "--steps", "5", "--out", model);
            int trainer = run("trainer", definition, "--once", "--steps", "5", "--noise-topic", "idle.raw");
            int nowhere = run("trainer", definition, "--once", "--noise-topic", "idle.rwa");

            // Then
            assertThat(List.of(without, with, trainer, nowhere))
                    .as(errors.toString())
                    .containsExactly(1, 0, 0, 1);
            assertThat(errors.toString())
                    .contains("needs recorded noise: --noise FILE, or --noise-topic")
                    .contains("idle.raw: 80 records of 2 partitions, 0 of them refused: 20 pieces of 10 series")
                    .contains("topic idle.rwa is not there");
            assertThat(Files.readString(folder.resolve("sine.md")))
                    .contains("| wanted.raw-0 | `offsets 0..60` |")
                    .contains("| idle.raw-0 | `offsets 0..40` |");
        }
    }

    @Test
    void a_topic_of_noise_is_refused_where_it_has_no_meaning() {
        int synthetic = run("train", "topology/any-1d.yaml", "--noise-topic", "idle.raw", "--out", "x.onnx");
        int frames = run("train", "topology/frames.yaml", "--noise-topic", "idle.raw", "--out", "x.onnx");
        int tokens = run("train", "topology/shop.yaml", "--noise-topic", "idle.raw", "--out", "x.onnx");

        assertThat(List.of(synthetic, frames, tokens)).containsOnly(1);
        assertThat(errors.toString())
                .contains("train.synthetic makes its noise up; --noise-topic has no meaning")
                .contains("--noise-topic is for signals, kind is frame: give --noise FILE")
                .contains("--noise-topic: not for kind tokens");
    }

    @Test
    void what_raised_alerts_and_what_is_marked_is_not_trained_on() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            // Given alerts of two series, of which one goes on, and half a second of all that is marked
            TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "alerted", folder);
            rig.flow(600);
            rig.alert(0, 100, 200, true);
            rig.alert(1, 400, 600, false);
            String marked = Files.writeString(
                            folder.resolve("marked.csv"),
                            "start,end\n" + rig.timeMs(550) + "," + rig.timeMs(599) + "\n")
                    .toString();

            // When
            int trained = run(
                    "train",
                    rig.file().toString(),
                    "--from-topic",
                    "--exclude",
                    marked,
                    "--steps",
                    "2",
                    "--out",
                    folder.resolve("sine.onnx").toString());

            // Then of pieces of 181: s0 has one behind its alert, s1 two before it, the others three each, and 100 +
            // 200 samples and 9 · 50 more are left out
            assertThat(trained).as(errors.toString()).isZero();
            assertThat(errors.toString())
                    .contains(
                            ": 27 pieces of 10 series, 4887 samples; 750 that raised alerts or were marked are left out");

            // When
            int round = run("trainer", rig.file().toString(), "--once", "--steps", "2", "--exclude", "nowhere.csv");

            // Then
            assertThat(round).isEqualTo(1);
            assertThat(errors.toString()).contains("nowhere.csv cannot be read");
        }
    }

    @Test
    void what_no_round_could_train_with_is_told_at_once_too() throws Exception {
        // Given
        String noise = Files.writeString(folder.resolve("two.csv"), "a,b\n" + "1,2\n".repeat(2_000))
                .toString();

        // When
        String pairs = refused("noise2noise", "--steps", "0");
        String silent = refused("noisier2noise");
        String wide = refused("noisier2noise", "--noise", noise);
        String blind = refused("{ kind: blind-spot, masks: 1 }");

        // Then
        assertThat(pairs)
                .contains("train.supervision noise2noise needs a second sensor, a trainer reads one topic")
                .contains("train.steps is 0.0, needs 1.0 to 1.0E7");
        assertThat(silent).contains("train.supervision noisier2noise needs recorded noise: --noise FILE");
        assertThat(wide).contains("its columns are [a, b], the pipeline's channels [v, w, x]");
        assertThat(blind).contains("train.supervision.masks is 1, needs 2 to 32");
    }

    private String refused(String supervision, String... options) throws IOException {
        Path file = Files.writeString(
                folder.resolve("untrainable.yaml"),
                """
                pipeline: bad
                input: { channels: [v, w, x] }
                window: { length: 32 }
                model: { name: bad, topic: bad.models }
                train: { network: dense, widths: [32, 16, 32], supervision: %s }
                kafka: { bootstrap.servers: "127.0.0.1:1" }
                """
                        .formatted(supervision));
        List<String> arguments = new ArrayList<>(List.of("trainer", file.toString(), "--once"));
        arguments.addAll(List.of(options));
        errors.getBuffer().setLength(0);
        assertThat(run(arguments.toArray(new String[0]))).isEqualTo(1);
        return errors.toString();
    }

    @Test
    void what_is_wrong_is_told_at_once_before_any_broker_is_asked() throws Exception {
        // Given
        Path file = Files.writeString(
                folder.resolve("bad.yaml"),
                """
                pipeline: bad
                input: { channels: [v] }
                window: { length: 32 }
                model: { name: bad }
                train: { topic: { since: soon }, publish-wen: { } }
                kafka: { bootstrap.servers: "127.0.0.1:1" }
                """);

        // When
        int exit = run("trainer", file.toString(), "--every", "often", "--noise", "nowhere.csv");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(errors.toString())
                .contains("train.publish-wen is unknown; did you mean 'publish-when'?")
                .contains("train.topic.since is 'soon', wanted a duration such as 24h")
                .contains("model.topic is missing")
                .contains("nowhere.csv cannot be read")
                .contains("--every is 'often', wanted a duration such as 6h");

        // When
        errors.getBuffer().setLength(0);
        int train = run(
                "train",
                file.toString(),
                "--since",
                "24h",
                "--out",
                folder.resolve("x.onnx").toString());

        // Then
        assertThat(train).isEqualTo(1);
        assertThat(errors.toString())
                .contains("--since has no meaning without --from-topic")
                .contains("no clean recording given: --clean FILE, or --from-topic");
    }
}
