package dev.limpid.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The process in which a model is loaded and run for the first time: whatever it does, it does it to this process.
 * {@link ChildProcess} starts it, within limits; it ends when its work is done or its parent is gone.
 */
public final class AdmissionChild {
    /** Begins the line that holds the verdict; behind it stands a word that the model cannot know. */
    static final String PREFIX = "limpid-verdict ";

    private static final int ORPHANED = 3;

    private AdmissionChild() {}

    /** Arguments: a word for the report, file, its SHA-256, pipeline, channels, window length, windows per batch, {@link KindText}. */
    public static void main(String[] arguments) {
        endWithParent();
        Path file = Path.of(arguments[1]);
        Expected expected = new Expected(
                arguments[3],
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                KindText.read(arguments[7]));
        Verdict verdict = verdict(file, arguments[2], expected);
        System.out.println("\n" + PREFIX + arguments[0] + " " + verdict.toJson());
        System.out.flush();
        Runtime.getRuntime().halt(0); // what the model left running does not matter
    }

    private static Verdict verdict(Path file, String sha256, Expected expected) {
        try {
            Candidate.of(file, sha256, expected.pipeline())
                    .fitting(expected)
                    .open(Provider.CPU)
                    .denoiser()
                    .close();
            return Verdict.passed();
        } catch (ModelRefused e) {
            return Verdict.refused(e.check(), e.problems());
        } catch (OutOfMemoryError e) {
            return Verdict.refused(
                    AdmissionCheck.CHILD,
                    List.of("it needs more memory than it is given: " + e.getMessage() + "; make the model smaller"));
        }
    }

    /** The parent holds the other end of standard input and never writes: its end is the parent's. */
    static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is expected
                        }
                    } catch (IOException e) {
                        // as good as the end
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "limpid-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
