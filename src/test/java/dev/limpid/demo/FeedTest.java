package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.signal.WindowSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedTest {
    private static final int BLOCK = 25;
    private static final int BLOCKS = 30;
    private static final double HZ = 250;
    private static final double SPEED = 10;
    private static final long SLOW_FROM_MS = 2_000;

    @Test
    void simulated_time_is_as_fast_as_asked_and_as_slow_as_the_clock_where_it_is_told_to_be() throws Exception {
        // Given: three seconds, the last of which is to last a second
        Fleet fleet = Fleet.training(1, 2, HZ);
        Ledger ledger = new Ledger(fleet, new WindowSpec(512, 128, 256), BLOCK, 60_000);
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            topic(broker.bootstrapServers());
            Feed feed = new Feed(
                    fleet,
                    ledger,
                    broker.bootstrapServers(),
                    "raw",
                    BLOCK,
                    BLOCKS,
                    SPEED,
                    0,
                    moment -> moment >= SLOW_FROM_MS);

            // When
            feed.run();

            // Then: not all at the clock's speed, and not faster than 2 s at ten times and 1 s at once the clock's,
            // less a block
            assertThat(feed.achievedSpeed()).isBetween(1.0, 3 / (0.2 + 0.9));
            assertThat(feed.acknowledged()).isEqualTo(BLOCK * BLOCKS * 2L);
            assertThat(feed.failed()).isZero();
        }
    }

    private static void topic(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic("raw", 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }
}
