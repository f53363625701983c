package dev.limpid.demo.bench;

import java.util.List;

/**
 * What to measure and for how long.
 *
 * @param rounds every round runs every mode once, one after the other
 * @param seconds length of a run, from its first window on; its second half counts
 * @param samples size of the input; 0: enough for {@code seconds} at a rate that no mode passes on two cores
 * @param series number of series in the input
 * @param partitions partitions of every topic
 * @param commitMs commit interval of every contender
 * @param model path of the ONNX file
 * @param childOptions further JVM options for the contenders, such as those of a profiler
 */
public record BenchOptions(
        int rounds,
        double seconds,
        List<Mode> modes,
        List<BenchCase> cases,
        long samples,
        int series,
        int partitions,
        int commitMs,
        String model,
        List<String> childOptions) {
    public BenchOptions {
        if (rounds < 1 || seconds <= 0 || modes.isEmpty() || cases.isEmpty()) {
            throw new IllegalArgumentException(
                    "bench needs at least one round, mode and case, and a positive number of seconds");
        }
        modes = List.copyOf(modes);
        cases = List.copyOf(cases);
        childOptions = List.copyOf(childOptions);
    }
}
