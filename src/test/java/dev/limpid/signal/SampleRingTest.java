package dev.limpid.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleRingTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_answers_like_a_sorted_map_of_samples(long seed) {
        // Given
        Random random = new Random(seed);
        int channels = 1 + random.nextInt(3);
        SampleRing ring = new SampleRing(channels, 1 + random.nextInt(8), true);
        TreeMap<Long, float[]> map = new TreeMap<>();

        for (int step = 0; step < 2000; step++) {
            // When: it is moved, extended, appended to, or a slot in it is filled
            long slot = ring.from() + random.nextInt((int) (ring.to() - ring.from()) + 1);
            Block block = block(random, channels, step);
            switch (random.nextInt(8)) {
                case 0 -> {
                    long from = Math.max(0, ring.from() + random.nextInt(12) - 3);
                    ring.room(from, from + random.nextInt(40));
                }
                case 1 -> extend(ring, ring.to() + random.nextInt(5));
                case 2, 3 -> {
                    extend(ring, ring.to() + 1);
                    ring.put(ring.to() - 1, block, 0);
                    map.put(ring.to() - 1, sample(block));
                }
                case 4 -> {
                    if (ring.fits(ring.to() + 1)) {
                        ring.append(block, 0);
                        map.put(ring.to() - 1, sample(block));
                    }
                }
                default -> {
                    if (slot < ring.to()) {
                        ring.put(slot, block, 0);
                        map.put(slot, sample(block));
                    }
                }
            }
            map.headMap(ring.from()).clear();
            map.tailMap(ring.to()).clear();

            // Then
            for (long s = ring.from(); s < ring.to(); s++) {
                assertThat(ring.filled(s)).isEqualTo(map.containsKey(s));
                for (int c = 0; c < channels; c++) {
                    assertThat(Float.valueOf(ring.value(s, c)))
                            .isEqualTo(Float.valueOf(map.containsKey(s) ? map.get(s)[c] : Float.NaN));
                }
                if (map.containsKey(s)) {
                    assertThat(ring.timeMs(s)).isEqualTo((long) map.get(s)[channels]);
                }
            }
            assertThat(ring.countFilled(ring.from(), ring.to())).isEqualTo(map.size());
            sameWindow(ring, map, channels, 1 + random.nextInt(9));
        }
    }

    private static void sameWindow(SampleRing ring, TreeMap<Long, float[]> map, int channels, int length) {
        float[] x = new float[channels * length];
        float[] observed = new float[x.length];
        int count = ring.window(ring.from(), length, x, observed);
        int expected = 0;
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < length; t++) {
                float[] sample = map.get(ring.from() + t);
                boolean present = sample != null && Float.isFinite(sample[c]);
                assertThat(x[c * length + t]).isEqualTo(present ? sample[c] : 0f);
                assertThat(observed[c * length + t]).isEqualTo(present ? 1f : 0f);
                expected += present ? 1 : 0;
            }
        }
        assertThat(count).isEqualTo(expected);
    }

    private static void extend(SampleRing ring, long to) {
        if (ring.fits(to)) {
            ring.extend(to);
        } else {
            ring.room(ring.from(), to);
        }
    }

    private static Block block(Random random, int channels, int step) {
        Block block = new Block(channels);
        block.begin(step);
        for (int c = 0; c < channels; c++) {
            block.add(random.nextInt(5) == 0 ? Float.NaN : random.nextInt(9) == 0 ? 1f / 0f : random.nextFloat());
        }
        return block;
    }

    private static float[] sample(Block block) {
        float[] sample = new float[block.channels() + 1];
        for (int c = 0; c < block.channels(); c++) {
            sample[c] = block.value(0, c);
        }
        sample[block.channels()] = block.timestampMs();
        return sample;
    }
}
