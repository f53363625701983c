package dev.limpid.kafka;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where the processors of one task find their common {@link Task}: a state store that stores nothing, for a store is the
 * one object that Kafka Streams gives to several processors of a task and to no other task.
 */
final class TaskStore implements StateStore {
    private final String name;
    private final boolean persistent;
    private @Nullable Task task;
    private boolean open;

    private TaskStore(String name, boolean persistent) {
        this.name = name;
        this.persistent = persistent;
    }

    /** The task, or null before its processors are initialised and after they are closed. */
    @Nullable
    Task task() {
        return task;
    }

    void task(@Nullable Task task) {
        this.task = task;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        task = null;
        open = true;
        context.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
        task = null;
        open = false;
    }

    @Override
    public boolean persistent() {
        return persistent;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Builds the store, without cache and changelog. */
    static final class Builder implements StoreBuilder<TaskStore> {
        private final String name;
        private final boolean persistent;

        /**
         * A builder.
         *
         * @param persistent whether Kafka Streams is to believe that this store is on disk. One such store makes it keep its
         *     process id in {@code state.dir}, and with it the transactional ids: after a {@code kill -9} the restarted process
         *     then aborts the open transaction of the old one at once, where it would else wait until that times out (10 to 20 s)
         */
        Builder(String name, boolean persistent) {
            this.name = name;
            this.persistent = persistent;
        }

        @Override
        public StoreBuilder<TaskStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskStore> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<TaskStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public TaskStore build() {
            return new TaskStore(name, persistent);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
