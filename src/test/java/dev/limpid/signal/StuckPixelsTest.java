package dev.limpid.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StuckPixelsTest {
    private static final int HEIGHT = 7;
    private static final int WIDTH = 9;
    private static final int PIXELS = HEIGHT * WIDTH;
    private static final int AFTER = 5;
    private static final StuckRule RULE = new StuckRule(HEIGHT, WIDTH, AFTER);

    private final StuckPixels pixels = new StuckPixels(RULE, 1);

    @Test
    void a_pixel_is_stuck_after_so_many_frames_in_which_only_it_did_not_change_until_it_changes() {
        for (int frame = 0; frame <= AFTER; frame++) {
            assertThat(stuck()).as("before frame " + frame).isEmpty();
            pixels.see(moving(frame, 30), true);
        }

        assertThat(stuck()).containsExactly(30);
        pixels.see(moving(AFTER + 1, 30), true);
        assertThat(stuck()).containsExactly(30);
        pixels.see(moving(AFTER + 2), true);
        assertThat(stuck()).isEmpty();
    }

    @Test
    void dead_rows_and_columns_are_found_whole_wherever_they_are() {
        for (int row = 0; row < HEIGHT; row++) {
            int first = row * WIDTH;
            assertThat(after(AFTER, places(first, first + WIDTH, 1))).hasSize(WIDTH);
        }
        for (int column = 0; column < WIDTH; column++) {
            assertThat(after(AFTER, places(column, PIXELS, WIDTH))).hasSize(HEIGHT);
        }
    }

    @Test
    void a_scene_that_stands_still_in_part_or_as_a_whole_has_no_stuck_pixel() {
        // Given: a frame, of which nothing, one pixel, or all left of column 5 changes
        for (int changing : new int[] {0, 1, 5}) {
            StuckPixels still = new StuckPixels(RULE, 1);

            // When
            for (int frame = 0; frame < 100; frame++) {
                float[] values = new float[PIXELS];
                for (int i = 0; i < PIXELS; i++) {
                    values[i] = i % WIDTH < changing && (changing > 1 || i < WIDTH) ? frame : i;
                }
                still.see(block(values), true);
            }

            // Then
            assertThat(still.map()).as(changing + " columns").isNull();
            if (changing < 2) {
                assertThat(still.evidence()).isEqualTo(StuckEvidence.NONE);
            }
        }
    }

    @Test
    void what_is_missing_is_not_stuck_and_a_gap_is_not_compared_across() {
        // Given: evidence in all frames but the last one needed
        for (int frame = 0; frame < AFTER; frame++) {
            pixels.see(moving(frame, 30), true);
        }

        // When
        pixels.see(moving(AFTER, 30), false);

        // Then
        assertThat(stuck()).isEmpty();
        float[] missing = new float[PIXELS];
        Arrays.fill(missing, Float.NaN);
        pixels.see(moving(AFTER + 1, 30), true);
        assertThat(stuck()).containsExactly(30);
        pixels.see(block(missing), true);
        assertThat(stuck()).isEmpty();
        assertThat(pixels.evidence()).isEqualTo(StuckEvidence.NONE);
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void it_finds_what_the_obvious_twin_finds_and_a_restart_changes_nothing(long seed) {
        // Given: frames of few levels, of which some pixels seldom change
        Random random = new Random(seed);
        StuckRule rule = new StuckRule(1 + random.nextInt(9), 1 + random.nextInt(9), 2 + random.nextInt(4));
        int channels = 1 + random.nextInt(3);
        Twin twin = new Twin(rule, channels);
        StuckPixels found = new StuckPixels(rule, channels);
        float[] values = new float[rule.pixels() * channels];
        int seen = 0;

        for (int frame = 0; frame < 60; frame++) {
            for (int i = 0; i < values.length; i++) {
                boolean changes = random.nextInt(i % 7 == 0 ? 30 : 1) == 0;
                float drawn = i % 7 == 0 ? 9 * random.nextInt(2) : 1 + random.nextInt(6);
                values[i] = changes ? (random.nextInt(20) == 0 ? Float.NaN : drawn) : values[i];
            }
            boolean follows = random.nextInt(10) > 0;

            // When
            Block block = block(channels, values);
            found.see(block, follows);
            twin.see(values, follows);

            // Then
            Set<Integer> wanted = twin.stuck();
            assertThat(places(found, channels * rule.pixels()))
                    .as("frame " + frame)
                    .isEqualTo(wanted);
            seen += wanted.size();
            if (random.nextInt(3) == 0) {
                StuckEvidence evidence = found.evidence();
                found = new StuckPixels(rule, channels);
                found.restore(evidence);
                found.last(block);
                assertThat(found.evidence()).isEqualTo(evidence);
            }
        }
        assertThat(rule.pixels() < 6 || seen > 0)
                .as(rule + ", " + channels + " channels")
                .isTrue();
    }

    /** By the definition: all frames kept, counted anew each time. */
    private static final class Twin {
        private final StuckRule rule;
        private final int channels;
        private final List<float[]> frames = new ArrayList<>();
        private final List<Boolean> following = new ArrayList<>();

        Twin(StuckRule rule, int channels) {
            this.rule = rule;
            this.channels = channels;
        }

        void see(float[] values, boolean follows) {
            frames.add(values.clone());
            following.add(follows);
        }

        Set<Integer> stuck() {
            Set<Integer> stuck = new TreeSet<>();
            for (int place = 0; place < channels * rule.pixels(); place++) {
                int against = 0;
                for (int frame = 1; frame < frames.size(); frame++) {
                    if (following.get(frame)) {
                        boolean same = value(frame, place) == value(frame - 1, place);
                        against = !same ? 0 : against + (around(frame, place) ? 1 : 0);
                    }
                }
                if (against >= rule.after()) {
                    stuck.add(place);
                }
            }
            return stuck;
        }

        private float value(int frame, int place) {
            return frames.get(frame)[place % rule.pixels() * channels + place / rule.pixels()];
        }

        private boolean around(int frame, int place) {
            int row = place % rule.pixels() / rule.width();
            int column = place % rule.width();
            int moved = 0;
            int around = 0;
            int lower = 0;
            int higher = 0;
            for (int other = 0; other < rule.pixels(); other++) {
                int rows = Math.abs(other / rule.width() - row);
                int columns = Math.abs(other % rule.width() - column);
                if (rows <= 2 && columns <= 2 && rows + columns > 0) {
                    int at = place - place % rule.pixels() + other;
                    around++;
                    if (Math.abs(value(frame, at) - value(frame - 1, at)) > 0) {
                        moved++;
                        lower += value(frame, at) < value(frame, place) ? 1 : 0;
                        higher += value(frame, at) > value(frame, place) ? 1 : 0;
                    }
                }
            }
            return moved > 0 && moved >= 0.6 * around - 1e-9 && Math.max(lower, higher) >= 0.9 * moved - 1e-9;
        }
    }

    private Set<Integer> stuck() {
        return places(pixels, PIXELS);
    }

    private static Set<Integer> after(int frames, int... fixed) {
        StuckPixels pixels = new StuckPixels(RULE, 1);
        for (int frame = 0; frame <= frames; frame++) {
            pixels.see(moving(frame, fixed), true);
        }
        assertThat(places(pixels, PIXELS))
                .isSubsetOf(Arrays.stream(fixed).boxed().toList());
        return places(pixels, PIXELS);
    }

    /** What a window of ones loses. */
    private static Set<Integer> places(StuckPixels pixels, int values) {
        Set<Integer> places = new TreeSet<>();
        StuckMap map = pixels.map();
        if (map != null) {
            float[] observed = new float[values];
            Arrays.fill(observed, 1f);
            int length = map.pixels();
            assertThat(map.mask(new float[values], observed, length, length)).isEqualTo(map.size());
            for (int place = 0; place < values; place++) {
                if (observed[place] == 0f) {
                    places.add(place);
                    assertThat(map.stuck(place % length)).isTrue();
                }
            }
        }
        return places;
    }

    private static int[] places(int from, int to, int step) {
        return IntStream.iterate(from, place -> place < to, place -> place + step)
                .toArray();
    }

    /** A frame like no other, but for {@code fixed}. */
    private static Block moving(int frame, int... fixed) {
        float[] values = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            values[i] = 100 * i + frame;
        }
        for (int place : fixed) {
            values[place] = -1;
        }
        return block(values);
    }

    private static Block block(float... values) {
        return block(1, values);
    }

    private static Block block(int channels, float... values) {
        Block block = new Block(channels);
        block.begin(0);
        block.add(values, values.length);
        return block;
    }
}
