package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.service.ShopRig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code limpid train --from-topic} and {@code limpid trainer} for pipelines of tokens. */
@Timeout(120)
class TokensFromTopicCommandTest {
    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private int run(String... arguments) {
        return Limpid.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    private static ModelMetadata metadata(Path model) throws Exception {
        return ModelInspection.of(model).metadata().orElseThrow();
    }

    @Test
    void sessions_of_the_topic_train_what_the_same_sessions_of_a_file_do() throws Exception {
        // Given visits of which the last visitor has not left, one that was attacked and raised an alert, and a record
        // that is none
        ShopRig rig = new ShopRig(broker.bootstrapServers(), "topic", folder);
        rig.flow(120);
        Path file = Files.write(
                folder.resolve("visits.txt"),
                rig.visits().stream().map(visit -> String.join(" ", visit)).toList());
        rig.send(135, "home", "wp-login.php", "leave");
        rig.alert(135);
        rig.send(136, "home", "a \0 b");
        rig.send(136 + 20 * 80, "home", "search");
        Path fromTopic = folder.resolve("topic.onnx");
        Path fromFile = folder.resolve("file.onnx");

        // When
        int topic = run("train", rig.file().toString(), "--from-topic", "--since", "24h", "--out", fromTopic + "");
        int files = run("train", rig.file().toString(), "--clean", file + "", "--out", fromFile + "");

        // Then
        assertThat(topic).as(errors.toString()).isZero();
        assertThat(files).as(errors.toString()).isZero();
        long clicks = rig.visits().stream().mapToLong(List::size).sum();
        assertThat(errors.toString())
                .contains(
                        "topic.raw: 243 records of 2 partitions, 1 of them refused: 120 sessions of 20 series, "
                                + clicks
                                + " tokens; 1 that raised alerts or were marked are left out; 1 that are not over, or began before, are left out");
        ModelMetadata read = metadata(fromTopic);
        assertThat(read.vocabulary()).isEqualTo(metadata(fromFile).vocabulary());
        assertThat(read.vocabulary().id("wp-login.php")).isEqualTo(Vocabulary.EMPTY.id("any"));
        assertThat(read.training().data())
                .containsEntry("topic.raw-0", "offsets 0..122")
                .containsEntry("topic.raw-1", "offsets 0..121");
        assertThat(read.metrics()).isEqualTo(metadata(fromFile).metrics());
        assertThat(Files.readString(folder.resolve("topic.md"))).contains("| topic.raw-0 | `offsets 0..122` |");
    }

    @Test
    void an_empty_topic_and_one_of_dead_letters_are_told_of_in_words_and_nothing_is_written() throws Exception {
        // Given
        ShopRig rig = new ShopRig(broker.bootstrapServers(), "nothing", folder);
        Path model = folder.resolve("nothing.onnx");
        String[] command = {"train", rig.file().toString(), "--from-topic", "--out", model.toString()};

        // When
        int empty = run(command);
        rig.send(1, "a \0 b");
        rig.send(2, "\0");
        int refused = run(command);
        rig.send(3, "home", "search");
        rig.send(3 + 20 * 75, "home", "leave");
        int few = run(command);

        // Then
        assertThat(List.of(empty, refused, few)).containsOnly(1);
        assertThat(errors.toString())
                .contains("nothing.raw holds no session that is whole: 0 records of 2 partitions, 0 of them refused")
                .contains("nothing.raw holds no session that is whole: 2 records of 2 partitions, 2 of them refused")
                .contains("there are 2 sessions, needs at least 4");
        assertThat(model).doesNotExist();
    }

    @Test
    void without_the_marker_that_ends_a_session_the_model_is_not_trained_for_no_pipeline_would_take_it()
            throws Exception {
        // Given
        ShopRig rig = new ShopRig(broker.bootstrapServers(), "markers", folder);
        for (int visit = 0; visit < 8; visit++) {
            rig.send(visit, "home", "search");
        }
        Path model = folder.resolve("markers.onnx");

        // When
        int code = run("train", rig.file().toString(), "--from-topic", "--out", model.toString());
        int both = run(
                "train", rig.file().toString(), "--from-topic", "--clean", "x.txt", "--since", "soon", "--out", "x");

        // Then
        assertThat(List.of(code, both)).containsOnly(1);
        assertThat(errors.toString())
                .contains("markers.raw: tokens.session: the marker 'leave' is not in the vocabulary of 2 tokens")
                .contains("--clean and --from-topic exclude each other")
                .contains("--since is 'soon', wanted a duration such as 24h");
        assertThat(model).doesNotExist();
    }

    @Test
    void lines_of_a_log_become_templates_first_and_then_sessions_of_them() throws Exception {
        // Given
        ShopRig rig = new ShopRig(broker.bootstrapServers(), "log", folder);
        Files.writeString(rig.file(), Files.readString(rig.file()).replace("format: text", "format: drain"));
        for (int visit = 0; visit < 8; visit++) {
            rig.send(visit, "took", visit + "", "ms", "for", "loading");
            rig.send(visit, "took", 2 * visit + "", "ms", "for", "saving");
            rig.send(visit, "leave");
        }
        Path model = folder.resolve("log.onnx");

        // When
        int code = run("train", rig.file().toString(), "--from-topic", "--steps", "2", "--out", model.toString());

        // Then
        assertThat(code).as(errors.toString()).isZero();
        assertThat(errors.toString()).contains("8 sessions of 8 series, 24 tokens");
        assertThat(tokens(metadata(model).vocabulary())).containsExactlyInAnyOrder("took <*> ms for <*>", "leave");
    }

    @Test
    void a_candidate_that_is_better_by_new_clicks_alone_is_not_published() throws Exception {
        // Given a model in force that has learned something, and visits half of which are a click that it does not know
        ShopRig rig = new ShopRig(broker.bootstrapServers(), "gifts", folder);
        rig.flow(100);
        Path bundled = folder.resolve("shop.onnx");
        assertThat(run("train", rig.file().toString(), "--from-topic", "--steps", "60", "--out", bundled.toString()))
                .as(errors.toString())
                .isZero();
        for (int visit = 100; visit < 200; visit++) {
            rig.send(visit, "home", "gift", "search", "gift", "gift", "leave");
        }

        // When the candidate learns next to nothing
        int code = run("trainer", rig.file().toString(), "--once", "--publish", "--steps", "1");

        // Then
        assertThat(code).as(errors + "" + out).isZero();
        assertThat(out.toString()).contains("not-better", "not published: by the tokens that both know its error is ");
    }

    @Test
    void a_trainer_publishes_what_is_less_surprised_by_later_sessions_and_nothing_if_the_model_in_force_is_as_good()
            throws Exception {
        // Given a model in force of two steps, and a click that it does not know
        ShopRig rig = new ShopRig(broker.bootstrapServers(), "rounds", folder);
        rig.flow(60);
        Path bundled = folder.resolve("shop.onnx");
        assertThat(run("train", rig.file().toString(), "--from-topic", "--steps", "2", "--out", bundled.toString()))
                .as(errors.toString())
                .isZero();
        rig.flow(100);
        for (int visit = 161; visit < 172; visit++) {
            rig.send(visit, "home", "search", "shoes", "product", "gift", "leave");
        }
        rig.flow(80);
        String[] round = {"trainer", rig.file().toString(), "--once", "--publish", "--steps", "60"};

        // When
        int first = run(round);

        // Then it is judged by the last fifth of each partition, but for a session that began before
        assertThat(first).as(errors + "" + out).isZero();
        assertThat(out.toString()).contains("published", "nats", " on 49 sessions of 20 series");
        List<String> known = tokens(metadata(bundled).vocabulary());
        assertThat(tokens(rig.vocabularyInForce()))
                .startsWith(known.toArray(String[]::new))
                .endsWith("gift");

        // When
        out.getBuffer().setLength(0);
        int again = run(round);
        int nothing = run("trainer", rig.file().toString(), "--once", "--publish", "--since", "1s");

        // Then
        assertThat(List.of(again, nothing)).containsOnly(0);
        assertThat(out.toString())
                .contains("not-better", "wanted 1.0 % at least")
                .contains("too-little", "0 sessions to train on, wanted 4, and 0 to judge by that shop:");
    }

    @Test
    void what_no_round_of_tokens_can_do_is_told_at_once() throws Exception {
        // Given
        Path file = Files.writeString(
                folder.resolve("bad.yaml"),
                """
                pipeline: bad
                kind: tokens
                window: { length: 48 }
                model: { name: bad }
                train: { masks: 1, topic: { start: warm } }
                kafka: { bootstrap.servers: "127.0.0.1:1" }
                """);

        // When
        int code = run("trainer", file.toString(), "--noise", "n.csv");

        // Then
        assertThat(code).isEqualTo(1);
        assertThat(errors.toString())
                .contains("model.topic is missing")
                .contains("train.masks is 1.0, needs 2")
                .contains("--noise and --noise-topic are for signals, kind is tokens")
                .contains("train.topic.start is warm, tokens are trained from scratch: remove it");
    }

    private static List<String> tokens(Vocabulary of) {
        return of.entries().stream().map(Vocabulary.Entry::token).toList();
    }
}
