package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * One contender as a process of its own, so that its CPU time is its own. Prints {@value #RESULT} and what {@link Meter#report}
 * says, in one line.
 */
public final class BenchChild {
    static final String RESULT = "RESULT ";
    static final String READY = "READY";
    /** From the start of the contender to its first window. */
    private static final double START_SECONDS = 60;

    private BenchChild() {}

    /**
     * Runs the contender.
     *
     * @param arguments what {@link Job#arguments} made
     */
    public static void main(String[] arguments) throws Exception {
        Job job = Job.parse(arguments);
        Meter meter = new Meter();
        Denoiser denoiser = BenchModel.open(job.model());
        Contender contender = contender(job, meter, denoiser);
        contender.start();
        String heap = "";
        if (job.paced()) {
            heap = paced(contender, meter);
        } else {
            meter.watch(job.seconds(), START_SECONDS, () -> contender.failure() != null);
        }
        contender.stop();
        Throwable failure = contender.failure();
        if (failure != null) {
            failure.printStackTrace();
            System.exit(1);
        }
        System.out.println(RESULT + meter.report() + heap);
        System.exit(0);
    }

    /** Says when it is ready, works until it is told that the input ended, and gives how much the heap has grown by then. */
    private static String paced(Contender contender, Meter meter) throws InterruptedException {
        while (!contender.ready() && contender.failure() == null) {
            Thread.sleep(20);
        }
        long before = heapBytes();
        System.out.println(READY);
        meter.watchUntil(BenchChild::inputEnded);
        return " heapBytes=" + (heapBytes() - before);
    }

    private static long heapBytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static boolean inputEnded() {
        try {
            return System.in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static Contender contender(Job job, Meter meter, Denoiser denoiser) {
        return switch (job.mode()) {
            case PASSTHROUGH -> new ClientContender(new Passthrough(job, meter)::run);
            case LOOP -> new ClientContender(new Loop(job, meter, denoiser)::run);
            case NAIVE, PER_SAMPLE_STORE -> new StreamsContender(job, meter, denoiser);
            case LIMPID_HOP, LIMPID_RECORD -> new LimpidContender(job, meter, denoiser);
        };
    }
}
