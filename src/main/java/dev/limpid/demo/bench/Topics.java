package dev.limpid.demo.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes and deletes the benchmark's topics. */
final class Topics {
    private Topics() {}

    static void create(Admin admin, int partitions, String... names) throws ExecutionException, InterruptedException {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : names) {
            topics.add(new NewTopic(name, partitions, (short) 1));
        }
        admin.createTopics(topics).all().get();
    }

    /** Deletes all topics whose name begins so. */
    static void delete(Admin admin, String prefix) throws ExecutionException, InterruptedException {
        Collection<String> names = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix))
                .toList();
        admin.deleteTopics(names).all().get();
    }
}
