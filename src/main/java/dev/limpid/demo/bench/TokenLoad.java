package dev.limpid.demo.bench;

import dev.limpid.demo.tokens.ShopSimulator;
import dev.limpid.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Visits of {@code topology/shop.yaml}, one a record and a series, that fit a window; a window that is not full is padded, and only its tokens count.
 *
 * @param vocabulary of the model
 * @param window its length
 */
public record TokenLoad(Vocabulary vocabulary, int window) implements KindBench.Load {
    /** The definition. */
    public static final String TOPOLOGY = "topology/shop.yaml";

    @Override
    public String topology() {
        return TOPOLOGY;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }

    @Override
    public float[] item(RandomGenerator random) {
        while (true) {
            ShopSimulator.Visit visit = new ShopSimulator(random.nextInt()).visit(0);
            if (visit.sent().size() <= window && visit.fault().isEmpty()) {
                return ids(visit.sent());
            }
        }
    }

    private float[] ids(List<String> clicks) {
        float[] ids = new float[clicks.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = vocabulary.id(clicks.get(i));
        }
        return ids;
    }

    @Override
    public byte[] value(float[] item) {
        StringBuilder text = new StringBuilder();
        for (float id : item) {
            text.append(text.isEmpty() ? "" : " ").append(vocabulary.token((int) id));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] key(long n) {
        return Long.toString(n).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String unit() {
        return "tokens";
    }

    @Override
    public int units(float[] item) {
        return item.length;
    }
}
