package dev.limpid.demo.bench;

import java.util.Arrays;
import java.util.List;

/**
 * One mode on one case: medians over the rounds.
 *
 * @param ratioToLoop CPU time per sample over that of {@link Mode#LOOP} in the same round; NaN if there was no loop
 * @param outputRecords cleaned records that were checked, over all rounds
 */
public record BenchRow(
        Mode mode,
        BenchCase layout,
        double recordsPerSecond,
        double cpuSecondsPerMillionSamples,
        double ratioToLoop,
        double runSeconds,
        long outputRecords) {

    /** What one run in one round gave. */
    record Run(Mode mode, int round, Measurement measurement, long outputRecords) {}

    /** Sums up the runs of {@code mode} among all runs of a case. */
    static BenchRow of(Mode mode, BenchCase layout, List<Run> runs) {
        List<Run> own = runs.stream().filter(run -> run.mode() == mode).toList();
        return new BenchRow(
                mode,
                layout,
                median(own.stream()
                                .mapToDouble(run -> run.measurement().samplesPerSecond())
                                .toArray())
                        / layout.shape().samples(),
                median(own.stream()
                        .mapToDouble(run -> run.measurement().cpuSecondsPerMillionSamples())
                        .toArray()),
                median(own.stream().mapToDouble(run -> ratio(run, runs)).toArray()),
                median(own.stream()
                        .mapToDouble(run -> run.measurement().seconds())
                        .toArray()),
                own.stream().mapToLong(Run::outputRecords).sum());
    }

    private static double ratio(Run run, List<Run> runs) {
        for (Run loop : runs) {
            if (loop.mode() == Mode.LOOP && loop.round() == run.round()) {
                return run.measurement().cpuSecondsPerMillionSamples()
                        / loop.measurement().cpuSecondsPerMillionSamples();
            }
        }
        return Double.NaN;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        if (n == 0) {
            return Double.NaN;
        }
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
