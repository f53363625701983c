package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Pointer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublishOverTest {
    @TempDir
    Path folder;

    @Test
    void what_was_judged_against_another_pointer_is_not_published() throws Exception {
        try (FeedRig rig = new FeedRig("over", folder)) {
            // Given
            Optional<Pointer> first = rig.publish(0, "1").pointer();
            Optional<Pointer> second = rig.publish(1, "2").pointer();

            // When
            Optional<ModelPublisher.Published> late =
                    rig.publisher().publishOver(first, FeedRig.offer(rig.file(0), "3"), Optional.empty());
            List<ModelDesk.Version> versions =
                    new ModelDesk(rig.clients, rig.topics).list().get(0).versions();
            Optional<ModelPublisher.Published> inTime =
                    rig.publisher().publishOver(second, FeedRig.offer(rig.file(0), "3"), Optional.empty());

            // Then
            assertThat(late).isEmpty();
            assertThat(versions).extracting(ModelDesk.Version::version).containsExactlyInAnyOrder("1", "2");
            assertThat(inTime.flatMap(ModelPublisher.Published::pointer).flatMap(Pointer::inForce))
                    .contains("3");
        }
    }
}
