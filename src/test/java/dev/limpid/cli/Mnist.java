package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.limpid.codec.Pictures;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.Counts;
import dev.limpid.kafka.Limits;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.kafka.Wiring;
import dev.limpid.model.ModelSlot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import picocli.CommandLine;

/** MNIST's digits beside the checkout, and a topology that frames go through. A test without the data is skipped. */
final class Mnist {
    static final int SIDE = 28;
    private static final Path DATA = Path.of("../shared/data/images");
    private static final int FIRST_TEST_ROW = 7_500;

    private Mnist() {}

    static List<byte[]> through(Path file, List<byte[]> values, String topic) throws Exception {
        Definition definition = DefinitionLoader.load(file, Map.of());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "mnist");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, file.resolveSibling("state").toString());
        try (ModelSlot slot =
                new ModelSlot(ModelOpening.open(file, definition, null).denoiser())) {
            Wiring wiring = new Wiring(
                    definition, slot, definition.maxWindows(), Limits.DEFAULT, partition -> true, new Counts());
            try (TopologyTestDriver driver = new TopologyTestDriver(PipelineTopology.build(wiring), properties)) {
                TestInputTopic<byte[], byte[]> input =
                        driver.createInputTopic("mnist.raw", new ByteArraySerializer(), new ByteArraySerializer());
                for (int i = 0; i < values.size(); i++) {
                    input.pipeInput(new byte[] {'k'}, values.get(i), 1_700_000_000_000L + i);
                }
                return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readValuesToList();
            }
        }
    }

    static void run(Object... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
    }

    static byte[] encoded(String format, float[] frame) {
        if (format.equals("image")) {
            int[] samples = new int[frame.length];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = Math.round(255 * frame[i]);
            }
            return Pictures.png(Pictures.image(SIDE, SIDE, 1, false, samples));
        }
        ByteBuffer buffer = ByteBuffer.allocate(4 * frame.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : frame) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    static List<float[]> rows(String file) throws IOException {
        List<float[]> rows = new ArrayList<>();
        try (BufferedReader in = reader(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                rows.add(numbers(line));
            }
        }
        return rows;
    }

    static List<Integer> digits() throws IOException {
        try (BufferedReader in = reader("mnist_t10k_first8000.csv.gz")) {
            return in.lines()
                    .skip(FIRST_TEST_ROW)
                    .map(line -> Integer.parseInt(line.substring(0, line.indexOf(','))))
                    .toList();
        }
    }

    static BufferedReader reader(String file) throws IOException {
        Path path = DATA.resolve(file);
        assumeTrue(Files.exists(path), "skipped: no " + DATA + " beside the checkout");
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.US_ASCII));
    }

    static float[] numbers(String line) {
        String[] cells = line.split(",");
        float[] values = new float[cells.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(cells[i]);
        }
        return values;
    }
}
