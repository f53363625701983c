package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.Granularity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicsTest {
    private static Definition definition(String app, Granularity granularity) {
        return CrashChild.definition(
                app, app + ".raw", granularity, 30_000, Map.of("bootstrap.servers", CrashRig.bootstrap()));
    }

    @Test
    void missing_topics_are_refused_in_one_message_and_create_makes_them_with_the_inputs_partitions() throws Exception {
        Definition definition = definition("made", Granularity.RECORD);
        try (Admin admin = CrashRig.admin();
                ModelSlot slot = new ModelSlot(new HalvingDenoiser(CrashChild.WINDOW.length(), 1))) {
            // Given
            assertThatThrownBy(() -> PipelineRunner.start(definition, slot, "a").close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "missing topics: made.alerts, made.cleaned, made.dead, made.raw, made.scores");

            // When
            List<String> created = new Topics(admin).create(definition, 3, Optional.empty());

            // Then
            assertThat(created).hasSize(5);
            assertThat(new Topics(admin).create(definition, 7, Optional.empty()))
                    .isEmpty();
            Topics.Report report = new Topics(admin).check(definition, "made");
            assertThat(report.problems()).isEmpty();
            assertThat(report.partitions()).isEqualTo(3);
            assertThat(report.limits()).isEqualTo(Limits.DEFAULT);
        }
    }

    @Test
    void the_limits_are_the_narrowest_of_all_outputs() throws Exception {
        try (Admin admin = CrashRig.admin()) {
            // Given
            Definition definition = definition("narrow", Granularity.RECORD);
            admin.createTopics(List.of(
                            new NewTopic("narrow.cleaned", 1, (short) 1)
                                    .configs(Map.of(
                                            "message.timestamp.before.max.ms", "900000",
                                            "message.timestamp.after.max.ms", "700000")),
                            new NewTopic("narrow.scores", 1, (short) 1)
                                    .configs(Map.of(
                                            "message.timestamp.before.max.ms", "800000",
                                            "max.message.bytes", "600000"))))
                    .all()
                    .get(20, TimeUnit.SECONDS);

            // When
            new Topics(admin).create(definition, 1, Optional.empty());

            // Then
            assertThat(new Topics(admin).check(definition, "narrow").limits())
                    .isEqualTo(new Limits(800_000, 700_000, 600_000));
        }
    }

    @Test
    void topics_that_would_spoil_the_output_and_state_of_another_definition_are_problems() throws Exception {
        try (Admin admin = CrashRig.admin()) {
            // Given
            Definition before = definition("spoilt", Granularity.HOP);
            admin.createTopics(List.of(
                            new NewTopic("spoilt.raw", 2, (short) 1),
                            new NewTopic("spoilt.cleaned", 1, (short) 1),
                            new NewTopic("spoilt.scores", 2, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic("spoilt.alerts", 2, (short) 1)
                                    .configs(Map.of("message.timestamp.type", "LogAppendTime")),
                            new NewTopic("spoilt.dead", 2, (short) 1).configs(Map.of("max.message.bytes", "1000")),
                            new NewTopic(
                                    "spoilt-" + PipelineTopology.seriesStore(before) + "-changelog", 2, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            // the controller says so before the broker has heard of them
            await().until(() -> admin.listTopics().names().get().stream()
                            .filter(name -> name.startsWith("spoilt"))
                            .count()
                    == 6);

            // When
            List<String> problems = new Topics(admin)
                    .check(definition("spoilt", Granularity.RECORD), "spoilt")
                    .problems();

            // Then
            assertThat(problems)
                    .hasSize(5)
                    .anyMatch(problem -> problem.contains("spoilt.cleaned has 1 partitions, needs 2"))
                    .anyMatch(problem -> problem.contains("spoilt.scores is compacted"))
                    .anyMatch(problem -> problem.contains("spoilt.alerts has message.timestamp.type=LogAppendTime"))
                    .anyMatch(problem -> problem.contains("spoilt.dead has max.message.bytes=1000"))
                    .anyMatch(problem -> problem.contains("holds state of another definition"));
        }
    }
}
