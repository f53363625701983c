package dev.limpid.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Pipelines of several kinds, which run together in the same JVMs on the crash tests' broker.
 *
 * @param input prefix of the input topics, of which those of the same layout share one
 * @param prefix of the applications' names
 * @param kinds as {@link CrashChild} takes them, with commas
 */
record Pipelines(String input, String prefix, String kinds) {
    List<String> each() {
        return List.of(kinds.split(","));
    }

    String input(String kind) {
        return each().stream()
                .filter(other -> layout(other) == layout(kind))
                .map(first -> input + "-" + first.replace(' ', '-') + ".raw")
                .findFirst()
                .orElseThrow();
    }

    private static CrashFeed.Layout layout(String kind) {
        return kind.startsWith("tokens") ? CrashFeed.Layout.WORDS : CrashFeed.Layout.NUMBERS;
    }

    String app(String kind) {
        return prefix + "-" + kind.replace(' ', '-');
    }

    /** Makes the input topics and the outputs. */
    void topics() throws Exception {
        for (String kind : each()) {
            CrashRig.topics(input(kind), app(kind));
        }
    }

    /** What there is to feed, by input topic. */
    Map<String, CrashFeed> feeds(boolean nullKeys) {
        Map<String, CrashFeed> feeds = new TreeMap<>();
        for (String kind : each()) {
            feeds.computeIfAbsent(
                    input(kind), topic -> new CrashFeed(CrashRig.bootstrap(), topic, nullKeys, layout(kind)));
        }
        return feeds;
    }

    /** Starts all of them in a JVM; further options as {@link CrashChild} takes them. */
    Child start(String instance, String... more) {
        List<List<String>> all = new ArrayList<>();
        for (String kind : each()) {
            List<String> options = CrashRig.pipeline(app(kind), input(kind), instance, more);
            options.add("kind=" + kind);
            all.add(options);
        }
        return Child.start(all);
    }

    void awaitConsumed() {
        each().forEach(kind -> CrashRig.awaitConsumed(app(kind), input(kind)));
    }

    List<ConsumerRecord<byte[], byte[]>> read(String kind, String output) {
        return Committed.read(CrashRig.bootstrap(), app(kind) + output);
    }
}
