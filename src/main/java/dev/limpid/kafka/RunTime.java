package dev.limpid.kafka;

import java.util.concurrent.atomic.LongAdder;

/** How long a model took for how many windows. Thread-safe; who adds never waits. */
final class RunTime {
    private final LongAdder windows = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(int ran, long took) {
        windows.add(ran);
        nanos.add(took);
    }

    /** The mean; 0 if nothing was run. */
    long nanosPerWindow() {
        long ran = windows.sum();
        return ran == 0 ? 0 : nanos.sum() / ran;
    }
}
