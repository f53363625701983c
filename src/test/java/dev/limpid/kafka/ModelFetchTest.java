package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.Manifest;
import dev.limpid.model.TopicKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ModelFetchTest {
    private static final TopicPartition PARTITION = new TopicPartition("models", 0);

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @Test
    void chunks_that_do_not_come_are_the_brokers_fault_and_not_the_models() {
        // Given
        Catalogue catalogue = new Catalogue();
        catalogue.take(new TopicKey.OfChunk("tiny", "1", 0), new byte[3], 7);
        Manifest manifest = new Manifest(
                "tiny", "1", "0".repeat(64), 3, 1, 3, Optional.empty(), 1, new TreeMap<>(), Optional.empty());
        MockConsumer<byte[], byte[]> reader = reader();
        reader.assign(List.of(PARTITION));
        reader.updateBeginningOffsets(Map.of(PARTITION, 0L));
        ModelFetch fetch = fetch(Duration.ofMillis(50));

        // Then
        assertThatThrownBy(() -> fetch.fetch(reader, manifest, catalogue.version("tiny", "1")))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("chunk 0 of tiny:1@000000000000 does not come");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // else a read that blocks is waited for
    void a_server_that_stalls_after_three_bytes_is_waited_for_no_longer_than_for_a_chunk() throws Exception {
        // Given
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/tiny.onnx", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(new byte[3]);
            exchange.getResponseBody().flush();
            awaited(over);
        });
        server.start();
        try {
            String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/tiny.onnx";

            // Then
            assertThatThrownBy(() -> fetch(Duration.ofMillis(500))
                            .fetch(reader(), elsewhere(uri, 1_000, "0".repeat(64)), none()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining(uri + " cannot be read: java.io.IOException: nothing more came for 500 ms")
                    .matches(e -> ((Refused) e).untold(), "is tried again");
            assertThat(folder).isEmptyDirectory();
        } finally {
            over.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void a_scheme_of_the_definition_is_found_under_its_base() throws Exception {
        // Given
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/bucket", exchange -> {
            asked.add(exchange.getRequestURI().getRawPath());
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("abc".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        try {
            Path yaml = Files.writeString(
                    elsewhere.resolve("p.yaml"),
                    """
                    pipeline: p
                    input: { channels: [v] }
                    window: { length: 8 }
                    model: { topic: m }
                    models: { references: { s3: "http://127.0.0.1:%d" } }
                    kafka: { bootstrap.servers: "127.0.0.1:1" }
                    """
                            .formatted(server.getAddress().getPort()));
            Definition definition = DefinitionLoader.load(yaml, Map.of());
            References references =
                    new References(FeedSettings.of(definition, "a").references());
            ModelFetch fetch = new ModelFetch(PARTITION, new ModelCache(folder), references, Duration.ofSeconds(10));
            String digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
            Manifest good = elsewhere("s3://bucket/models/tiny%201.onnx", 3, digest);

            // When
            Path file = fetch.fetch(reader(), good, none());

            // Then
            assertThat(file).hasContent("abc");
            assertThat(asked).containsExactly("/bucket/models/tiny%201.onnx");
            Manifest other = elsewhere("s3://bucket/models/tiny%201.onnx", 3, "0".repeat(64));
            assertThatThrownBy(() -> fetch.fetch(reader(), other, none()))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("its SHA-256 is ba78");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_file_that_trickles_in_is_waited_for_no_longer_than_it_may_take() throws Exception {
        // Given a byte every 10 ms
        InputStream trickle = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return 1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                bytes[from] = (byte) read();
                return 1;
            }
        };

        // Then
        try (RemoteFile file = new RemoteFile(trickle, Duration.ofSeconds(20), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> {
                        while (file.next().hasRemaining()) {
                            // goes on for ever
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("it did not come within 200 ms");
        }
    }

    private ModelFetch fetch(Duration stalled) {
        return new ModelFetch(PARTITION, new ModelCache(folder), new References(Map.of()), stalled);
    }

    private static MockConsumer<byte[], byte[]> reader() {
        return new MockConsumer<>("earliest");
    }

    private static Manifest elsewhere(String uri, long bytes, String sha256) {
        return new Manifest("tiny", "1", sha256, bytes, 0, 0, Optional.of(uri), 1, new TreeMap<>(), Optional.empty());
    }

    private static Catalogue.Version none() {
        return new Catalogue().version("tiny", "1");
    }

    private static void awaited(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
