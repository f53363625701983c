package dev.limpid.demo.frames;

import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.RecordDemo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The demo of frames: cameras, and the topology of {@code topology/frames.yaml}; who reads knows the truth of each picture. */
public final class FrameDemo {
    private static final int PER_SECOND = 200;

    private FrameDemo() {}

    /**
     * What a run is to do.
     *
     * @param home folder that holds {@code topology/} and {@code models/}
     * @param state folder for the topology's state, empty
     * @param cameras number of series
     */
    public record Spec(Path home, Path state, Duration duration, long seed, int cameras) {}

    /** The pictures of all cameras in turn. */
    private record Pictures(Camera camera, int cameras) implements RecordDemo.Feed {
        @Override
        public String key(long n) {
            return "camera-" + n % cameras;
        }

        @Override
        public byte[] value(long n) {
            return camera.value(n);
        }
    }

    /**
     * Runs a demo to its end.
     *
     * @param display hears each second how it stands
     * @throws IllegalStateException if broker or topology fail
     */
    public static FrameSummary run(Spec spec, Consumer<String> display) throws InterruptedException {
        Path topology = spec.home().resolve("topology/frames.yaml");
        Camera camera = new Camera(spec.seed());
        FrameBooks books = new FrameBooks(DefinitionLoader.load(topology, Map.of()), camera);
        RecordDemo.Outcome outcome = new RecordDemo(
                        new RecordDemo.Spec(topology, spec.state(), spec.duration(), PER_SECOND),
                        new Pictures(camera, spec.cameras()),
                        books,
                        display)
                .run();
        return new FrameSummary(
                outcome.sent(),
                books.cleaned(),
                books.deadLetters(),
                outcome.sent() - books.answered(),
                books.wrong(),
                books.psnrInDb(),
                books.psnrOutDb(),
                outcome.model());
    }
}
