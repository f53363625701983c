package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedBrokerTest {
    @Test
    void a_child_broker_takes_topics_has_transaction_version_2_and_leaves_no_process_behind() throws Exception {
        // Given
        ProcessHandle process;
        try (ChildBroker broker = ChildBroker.start("256m")) {
            process = broker.process();
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
                // When
                admin.createTopics(List.of(new NewTopic("a", 2, (short) 1)))
                        .all()
                        .get(20, TimeUnit.SECONDS);

                // Then
                assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("a");
                assertThat(admin.describeFeatures()
                                .featureMetadata()
                                .get(20, TimeUnit.SECONDS)
                                .finalizedFeatures()
                                .get("transaction.version")
                                .maxVersionLevel())
                        .isEqualTo((short) 2);
            }
        }
        assertThat(process.isAlive()).isFalse();
    }
}
