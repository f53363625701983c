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
                    ring.put(ring.to() - 1, block, 0, 1);
                    map.put(ring.to() - 1, sample(block, 0));
                }
                case 4 -> {
                    int time = random.nextInt(block.length());
                    int count = 1 + random.nextInt(block.length() - time);
                    if (ring.fits(ring.to() + count)) {
                        ring.append(block, time, count);
                        for (int i = 0; i < count; i++) {
                            map.put(ring.to() - count + i, sample(block, time + i));
                        }
                    }
                }
                default -> {
                    if (slot < ring.to()) {
                        int count = (int) Math.min(block.length(), ring.to() - slot);
                        ring.put(slot, block, 0, count);
                        for (int i = 0; i < count; i++) {
                            map.put(slot + i, sample(block, i));
                        }
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
            long from = ring.from() + random.nextInt((int) (ring.to() - ring.from()) + 1);
            sameStretch(ring, map, channels, from);
            sameCopy(ring, map, channels, from, Math.min(ring.to(), from + random.nextInt(9)));
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
                assertThat(count == x.length || observed[c * length + t] == (present ? 1f : 0f))
                        .isTrue();
                expected += present ? 1 : 0;
            }
        }
        assertThat(count).isEqualTo(expected);
    }

    private static void sameStretch(SampleRing ring, TreeMap<Long, float[]> map, int channels, long from) {
        Block stretch = new Block(channels);
        long first = ring.stretch(from, ring.to(), stretch);
        Long expected = map.ceilingKey(from);
        assertThat(first).isEqualTo(expected == null ? ring.to() : expected);
        long end = first;
        while (map.containsKey(end) && ring.timeMs(end) == ring.timeMs(first)) {
            assertThat(sample(stretch, (int) (end - first))).isEqualTo(map.get(end));
            end++;
        }
        assertThat(stretch.length()).isEqualTo((int) (end - first));
    }

    private static void sameCopy(SampleRing ring, TreeMap<Long, float[]> map, int channels, long from, long to) {
        float[] copy = new float[(int) (to - from) * channels];
        ring.copy(from, to, copy);
        boolean complete = true;
        for (int i = 0; i < copy.length; i++) {
            float[] sample = map.get(from + i / channels);
            float expected = sample == null ? Float.NaN : sample[i % channels];
            assertThat(Float.valueOf(copy[i])).isEqualTo(Float.valueOf(expected));
            complete &= Float.isFinite(expected);
        }
        assertThat(ring.complete(from, to)).isEqualTo(complete);
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
        for (int i = (1 + random.nextInt(4)) * channels; i > 0; i--) {
            block.add(random.nextInt(5) == 0 ? Float.NaN : random.nextInt(9) == 0 ? 1f / 0f : random.nextFloat());
        }
        return block;
    }

    private static float[] sample(Block block, int time) {
        float[] sample = new float[block.channels() + 1];
        for (int c = 0; c < block.channels(); c++) {
            sample[c] = block.value(time, c);
        }
        sample[block.channels()] = block.timestampMs();
        return sample;
    }
}
