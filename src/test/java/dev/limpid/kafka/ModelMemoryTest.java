package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.onnx.LargeModel;
import dev.limpid.signal.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What swaps of a model of 5 MB leave behind in the process of an instance, alone in it as in service; prints its figures. */
@Tag("swaps")
@Timeout(1200)
class ModelMemoryTest {
    private static final WindowSpec WINDOW = new WindowSpec(1152, 288, 288); // 4 · 1152² bytes = 5.3 MB
    private static final int SWAPS = 400;
    private static final int SETTLED = 100;
    private static final int STEP = 50;
    private static final double MOST_MB_PER_SWAP = 0.1;
    private static final Duration SWAP = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void swaps_leave_no_memory_behind_in_an_instance() throws Exception {
        // Given
        List<String> said = new ArrayList<>();
        try (SwapRig rig = new SwapRig("memory", folder, WINDOW)) {
            for (int i = 0; i < 4; i++) {
                Path file = rig.write(
                        "kind-" + i,
                        LargeModel.signal(WINDOW.length()).scaledBy(1 + i / 64f).bytes());
                rig.publish(file, "" + i);
            }
            LimpidChild instance = rig.run(
                    "a", System.getProperty("limpid.child.jvm", "-Xmx512m").split(" "));
            SwapRig.awaitReady(instance);
            CrashRig.Feeder feeder = new CrashRig.Feeder(rig.app + ".raw", 16, 0);
            ModelDesk desk = rig.desk();
            double settled = 0;

            // When
            for (int i = 1; i <= SWAPS; i++) {
                String version = "" + i % 4;
                CompletableFuture<String> inForce = instance.next(":" + version + "@");
                desk.promote(SwapRig.NAME, Optional.of(version), Optional.empty(), false);
                instance.await(inForce, SWAP);
                if (i % STEP == 0) {
                    double resident = residentMb(instance);
                    said.add("%d: %.1f".formatted(i, resident));
                    settled = i == SETTLED ? resident : settled;
                }
            }
            double slope = (residentMb(instance) - settled) / (SWAPS - SETTLED);
            feeder.finish();

            // Then
            System.out.printf(
                    "resident MB of an instance after swaps: %s; %.4f MB per swap from %d on%n", said, slope, SETTLED);
            assertThat(slope).isLessThanOrEqualTo(MOST_MB_PER_SWAP);
        }
    }

    /** After a full collection, for what the heap has not given back yet says nothing. */
    private static double residentMb(LimpidChild child) throws IOException, InterruptedException {
        String pid = Long.toString(child.handle().pid());
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int exit = new ProcessBuilder(jcmd, pid, "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exit).as("jcmd GC.run").isZero();
        for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("no VmRSS of " + pid);
    }
}
