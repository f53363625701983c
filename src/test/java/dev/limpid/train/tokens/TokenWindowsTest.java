package dev.limpid.train.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of sessions to windows of ids. */
class TokenWindowsTest {
    @Test
    void a_line_is_a_session_and_an_empty_one_is_none(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("sessions.txt");
        Files.writeString(file, "a b  a \n\n\tb\nc\n", StandardCharsets.UTF_8);
        List<String> problems = new ArrayList<>();

        // When
        SessionFile read = SessionFile.read(file, problems);

        // Then
        assertThat(problems).isEmpty();
        assertThat(read.sessions()).containsExactly(List.of("a", "b", "a"), List.of("b"), List.of("c"));
        assertThat(read.sha256()).hasSize(64);
    }

    @Test
    void a_token_that_is_too_long_is_told_with_its_line_and_left_out(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("sessions.txt");
        Files.writeString(file, "a\nb " + "x".repeat(Vocabulary.MAX_CHARACTERS + 1) + "\nc\n", StandardCharsets.UTF_8);
        List<String> problems = new ArrayList<>();

        // When
        SessionFile read = SessionFile.read(file, problems);

        // Then
        assertThat(problems).singleElement().asString().contains("line 2").contains("needs at most");
        assertThat(read.sessions()).containsExactly(List.of("a"), List.of("c"));
    }

    @Test
    void ids_follow_falling_counts_then_texts() {
        // When
        Vocabulary vocabulary =
                new TokenCounts().add(List.of("b", "c", "a", "c")).vocabulary();

        // Then
        assertThat(List.of(vocabulary.id("c"), vocabulary.id("a"), vocabulary.id("b"), vocabulary.id("z")))
                .containsExactly(3, 4, 5, 2);
    }

    @Test
    void a_vocabulary_that_goes_on_from_another_keeps_its_ids() {
        // Given
        Vocabulary first = new TokenCounts().add(List.of("x", "y", "y")).vocabulary();

        // When
        Vocabulary next =
                new TokenCounts().add(List.of("z", "z", "z", "x", "w")).vocabulary(first, 3);

        // Then
        assertThat(next.begins(first)).isTrue();
        assertThat(next.entries())
                .containsExactly(
                        new Vocabulary.Entry("y", 0), new Vocabulary.Entry("x", 1), new Vocabulary.Entry("z", 3));
    }

    @Test
    void a_session_is_cut_as_the_pipeline_cuts_it() {
        // Given
        Sessions sessions = sessions(3, 4, 6, 7, 8);

        // When
        TokenWindows windows = new TokenWindows(sessions, 4, 2);

        // Then: 3 tokens pad one window, 4 fill it, 6 fill two, 7 and 8 need a third
        List<Integer> of =
                IntStream.range(0, windows.size()).mapToObj(windows::session).toList();
        assertThat(of).containsExactly(0, 1, 2, 2, 3, 3, 3, 4, 4, 4);
        assertThat(windows.at(0)).containsExactly(3, 4, 5, 0);
        assertThat(windows.at(3)).containsExactly(5, 6, 7, 8);
        assertThat(windows.at(6)).containsExactly(7, 8, 9, 0);
    }

    /** Sessions {@code t0 t1 t2 …} of those lengths; all counts of tokens fall with their number. */
    private static Sessions sessions(int... lengths) {
        List<List<String>> texts = new ArrayList<>();
        for (int length : lengths) {
            texts.add(IntStream.range(0, length).mapToObj(i -> "t" + i).toList());
        }
        return Sessions.of(List.of(new SessionFile("a", "00", texts)));
    }
}
