package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.Golden;
import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.Block;
import dev.limpid.signal.StuckEvidence;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The state layout, byte for byte in golden/state/chunk-v1.txt: what was written once must be read for ever. */
class SeriesChunkLayoutTest {
    private static final JournalEntries.Shape FLOATS = new JournalEntries.Shape(2, true, 0);
    private static final JournalEntries.Shape BYTES = new JournalEntries.Shape(2, false, 0);
    private static final AlertState ALERT = new AlertState(9, 0.5f, 0.25f, -2, true, 1_700_000_000_000L, 9.5f, 77);

    private static final StuckEvidence STUCK = StuckEvidence.owning(new int[] {0, 1, 783}, new int[] {1, 30, 255});

    private static SeriesChunk chunk(int count, SeriesChunk.@Nullable Segment segment, @Nullable AlertState alert) {
        return chunk(count, segment, alert, null, null);
    }

    private static SeriesChunk chunk(
            int count,
            SeriesChunk.@Nullable Segment segment,
            @Nullable AlertState alert,
            @Nullable GuardState guard,
            @Nullable StuckEvidence stuck) {
        return new SeriesChunk(
                300,
                293,
                290,
                1_002,
                count,
                1_000,
                70_000,
                1_090,
                69_744,
                1_700_000_000_990L,
                1_700_000_001_000L,
                true,
                segment,
                alert,
                guard,
                stuck);
    }

    private static JournalEntries floats() {
        JournalEntries entries = new JournalEntries();
        Block block = new Block(2);
        block.begin(1_700_000_000_900L);
        block.add(1.5f);
        block.add(Float.NaN);
        entries.addFloats(block, 69_991, 0, 1);
        block.begin(1_700_000_000_910L);
        for (int i = 0; i < 6; i++) {
            block.add(i);
        }
        entries.addFloats(block, 69_990, 1, 2);
        return entries;
    }

    private static JournalEntries bytes() {
        JournalEntries entries = new JournalEntries();
        ByteWriter payload = new ByteWriter();
        payload.text("payload");
        entries.addBytes(1_700_000_000_900L, 69_991, 1, null, payload);
        entries.addBytes(1_700_000_000_910L, 69_990, 3, new byte[] {2, 3, -1}, payload);
        return entries;
    }

    @Test
    void the_layout_is_what_it_was_and_reads_back() {
        SeriesChunk full = chunk(2, new SeriesChunk.Segment(60_000, 1_699_999_900_000L), ALERT);
        SeriesChunk small = chunk(2, null, null);
        byte[] first = SeriesChunkLayout.encode(full, floats(), new ByteWriter());
        byte[] second = SeriesChunkLayout.encode(small, bytes(), new ByteWriter());

        Golden.verify(
                "state/chunk-v1.txt",
                "segment, alert, two entries of floats\n"
                        + HexFormat.of().formatHex(first)
                        + "\nno segment, no alert, two entries of bytes, the second late, duplicate, placed\n"
                        + HexFormat.of().formatHex(second) + "\n");
        SeriesChunkLayout.Decoded decoded = SeriesChunkLayout.decode(first, FLOATS);
        assertThat(decoded.chunk()).isEqualTo(full);
        assertThat(decoded.entries().next()).isTrue();
        assertThat(decoded.entries().passed()).isNull();
        assertThat(decoded.entries().next()).isTrue();
        assertThat(decoded.entries().timeMs()).isEqualTo(1_700_000_000_910L);
        assertThat(decoded.entries().firstSlot()).isEqualTo(69_990);
        assertThat(decoded.entries().samples()).isEqualTo(2);
        assertThat(decoded.entries().next()).isFalse();
        SeriesChunkLayout.Decoded other = SeriesChunkLayout.decode(second, BYTES);
        assertThat(other.chunk()).isEqualTo(small);
        assertThat(other.entries().next()).isTrue();
        assertThat(new ByteReader(other.entries().payload()).text()).isEqualTo("payload");
        assertThat(other.entries().next()).isTrue();
        assertThat(other.entries().firstSlot()).isEqualTo(69_990);
        assertThat(other.entries().passed()).containsExactly(2, 3, -1);
    }

    @Test
    void a_guard_makes_it_version_two_in_golden_vectors_of_its_own() {
        // Given: a head of window 1090, the filter in since window 1085, out in 1060 to 1084
        GuardState guard = new GuardState(12, true, 77, List.of(1_060L, 1_085L));
        SeriesChunk guarded = chunk(2, new SeriesChunk.Segment(60_000, 1_699_999_900_000L), ALERT, guard, null);
        SeriesChunk small = chunk(2, null, null, new GuardState(0, false, -1, List.of()), null);

        // When
        byte[] first = SeriesChunkLayout.encode(guarded, floats(), new ByteWriter());
        byte[] second = SeriesChunkLayout.encode(small, floats(), new ByteWriter());

        // Then
        Golden.verify(
                "state/chunk-v2.txt",
                "segment, alert, guard with two turns, two entries of floats\n"
                        + HexFormat.of().formatHex(first)
                        + "\nno segment, no alert, guard without turns, two entries of floats\n"
                        + HexFormat.of().formatHex(second) + "\n");
        assertThat(SeriesChunkLayout.decode(first, FLOATS).chunk()).isEqualTo(guarded);
        assertThat(SeriesChunkLayout.decode(second, FLOATS).chunk()).isEqualTo(small);
        assertThat(SeriesChunkLayout.decode(first, FLOATS).entries().next()).isTrue();
    }

    @Test
    void stuck_pixels_make_it_version_three_in_golden_vectors_of_its_own() {
        // Given: one frame against pixel 0, 30 against pixel 1, 255 against pixel 783
        SeriesChunk stuck = chunk(2, null, null, null, STUCK);
        SeriesChunk none = chunk(2, null, null, new GuardState(0, false, -1, List.of()), StuckEvidence.NONE);

        // When
        byte[] first = SeriesChunkLayout.encode(stuck, bytes(), new ByteWriter());
        byte[] second = SeriesChunkLayout.encode(none, bytes(), new ByteWriter());

        // Then
        Golden.verify(
                "state/chunk-v3.txt",
                "three stuck pixels, two entries of bytes\n"
                        + HexFormat.of().formatHex(first)
                        + "\nguard without turns, no stuck pixel any more, two entries of bytes\n"
                        + HexFormat.of().formatHex(second) + "\n");
        assertThat(SeriesChunkLayout.decode(first, BYTES).chunk()).isEqualTo(stuck);
        assertThat(SeriesChunkLayout.decode(second, BYTES).chunk()).isEqualTo(none);
        assertThat(SeriesChunkLayout.decode(first, BYTES).entries().next()).isTrue();
    }

    @Test
    void a_newer_version_is_refused() {
        byte[] newer = SeriesChunkLayout.encode(chunk(2, null, ALERT), floats(), new ByteWriter());
        newer[0] = SeriesChunkLayout.VERSION + 1;

        assertThatThrownBy(() -> SeriesChunkLayout.decode(newer, FLOATS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 4, this program knows 1 to 3");
    }

    @Test
    void damaged_bytes_are_said_to_be_damaged() {
        byte[] whole = SeriesChunkLayout.encode(
                chunk(2, null, ALERT, new GuardState(1, true, 9, List.of(7L)), STUCK), floats(), new ByteWriter());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> {
                        JournalEntries.Reader entries =
                                SeriesChunkLayout.decode(cut, FLOATS).entries();
                        while (entries.next()) {
                            assertThat(entries.samples()).isPositive();
                        }
                    })
                    .as("cut to " + length)
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
