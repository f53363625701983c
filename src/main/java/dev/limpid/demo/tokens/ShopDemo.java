package dev.limpid.demo.tokens;

import dev.limpid.demo.RecordDemo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** The demo of tokens: visits to a shop, and the topology of {@code topology/shop.yaml}; who reads knows the truth of each visit. */
public final class ShopDemo {
    private static final int PER_SECOND = 200;

    private ShopDemo() {}

    /**
     * What a run is to do.
     *
     * @param home folder that holds {@code topology/} and {@code models/}
     * @param state folder for the topology's state, empty
     */
    public record Spec(Path home, Path state, Duration duration, long seed) {}

    /**
     * Runs a demo to its end.
     *
     * @param display hears each second how it stands
     * @throws IllegalStateException if broker or topology fail
     */
    public static ShopSummary run(Spec spec, Consumer<String> display) throws InterruptedException {
        ShopSimulator shop = new ShopSimulator(spec.seed());
        Clicks clicks = new Clicks(shop);
        ShopBooks books = new ShopBooks(shop, clicks);
        RecordDemo.Spec run = new RecordDemo.Spec(
                spec.home().resolve("topology/shop.yaml"), spec.state(), spec.duration(), PER_SECOND);
        return books.summary(new RecordDemo(run, clicks, books, display).run());
    }
}
