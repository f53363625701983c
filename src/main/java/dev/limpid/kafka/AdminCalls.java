package dev.limpid.kafka;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;

/** What an admin client answers, waited for within bounds. */
final class AdminCalls {
    static final long WAIT_SECONDS = 30;

    private AdminCalls() {}

    /**
     * Waits for an answer.
     *
     * @throws IllegalStateException if the cluster refuses or does not answer in time
     */
    static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("the cluster refused: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the cluster did not answer within " + WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the cluster", e);
        }
    }

    /** A setting's value; empty if it has none. */
    static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }
}
