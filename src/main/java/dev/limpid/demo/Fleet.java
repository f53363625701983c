package dev.limpid.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The simulated sensors of one run and the faults injected into them: two of every {@link FaultKind}, each on a sensor of its own, so
 * that at least half as many sensors stay healthy.
 *
 * @param sampleRateHz samples per second of simulated time
 */
record Fleet(List<Sensor> sensors, List<Fault> faults, double sampleRateHz) {
    private static final int FAULTS_PER_KIND = 2;
    /** Faults begin no sooner: the alert rule must first know what is usual (a minute is 117 windows). */
    static final long FIRST_FAULT_MS = 60_000;

    private static final double FIRST_FAULT = 0.2;

    private static final double LAST_FAULT = 0.9;
    private static final long LONGEST_FAULT_MS = 12_000;
    private static final long SHORTEST_FAULT_MS = 7_000;
    private static final long DEMO_SALT = 0x64656d6f;
    private static final long TRAINING_SALT = 0x747261696eL;

    /**
     * The fleet of a demo run.
     *
     * @param seed any; the sensors differ from those of {@link #training} for every pair of seeds
     * @param simulatedMs length of the run in simulated time: the faults lie within
     * @param swap if the model changes in the run: the faults lie before or after what is kept free for that
     */
    static Fleet demo(long seed, int size, double sampleRateHz, long simulatedMs, Optional<SwapPlan> swap) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ DEMO_SALT);
        List<Fault> faults = faults(random, size, simulatedMs, swap);
        return new Fleet(sensors("ecg-", random, size, sampleRateHz, faults), faults, sampleRateHz);
    }

    /** Healthy sensors to learn from. */
    static Fleet training(long seed, int size, double sampleRateHz) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ TRAINING_SALT);
        return new Fleet(sensors("train-", random, size, sampleRateHz, List.of()), List.of(), sampleRateHz);
    }

    /** The sensor of that name, or -1. */
    int indexOf(String name) {
        for (int i = 0; i < sensors.size(); i++) {
            if (sensors.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Fault> faults(SplittableRandom random, int size, long simulatedMs, Optional<SwapPlan> swap) {
        FaultKind[] kinds = FaultKind.values();
        if (size < kinds.length * FAULTS_PER_KIND) {
            throw new IllegalArgumentException(
                    size + " sensors are too few for " + kinds.length * FAULTS_PER_KIND + " faults");
        }
        int[] order = shuffled(random, size);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < kinds.length * FAULTS_PER_KIND; i++) {
            long length = random.nextLong(SHORTEST_FAULT_MS, LONGEST_FAULT_MS);
            long first = Math.max(FIRST_FAULT_MS, (long) (FIRST_FAULT * simulatedMs));
            long last = Math.max(first + 1, (long) (LAST_FAULT * simulatedMs) - length);
            long start = start(random, first, last, length, swap);
            faults.add(new Fault(kinds[i % kinds.length], order[i], start, start + length, random.nextLong()));
        }
        return List.copyOf(faults);
    }

    /** A start from {@code first} on and before {@code last} with which the fault lasts at no moment kept free for a swap. */
    private static long start(SplittableRandom random, long first, long last, long length, Optional<SwapPlan> swap) {
        long gapFrom =
                Math.max(first, Math.min(last, swap.map(SwapPlan::quietFromMs).orElse(last) - length));
        long gapTo =
                Math.max(gapFrom, Math.min(last, swap.map(SwapPlan::quietToMs).orElse(gapFrom)));
        long start = random.nextLong(first, last - (gapTo - gapFrom));
        return start < gapFrom ? start : start + (gapTo - gapFrom);
    }

    private static int[] shuffled(SplittableRandom random, int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }

    private static List<Sensor> sensors(
            String prefix, SplittableRandom random, int size, double sampleRateHz, List<Fault> faults) {
        List<Sensor> sensors = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int index = i;
            Optional<Fault> fault =
                    faults.stream().filter(f -> f.sensor() == index).findFirst();
            sensors.add(new Sensor(prefix + String.format("%02d", i), random.nextLong(), sampleRateHz, fault));
        }
        return List.copyOf(sensors);
    }
}
