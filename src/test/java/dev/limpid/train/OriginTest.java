package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final Map<String, String> TOPIC =
            Map.of("ecg.raw-0", "offsets 7..150", "ecg.raw-1", "offsets 0..9", "n.csv", "ab");

    @Test
    void files_give_the_same_bytes_again() {
        Origin files = origin(Map.of("a.csv", "00"), true);

        assertThat(files.caveats()).isEmpty();
        assertThat(files.files()).containsExactly("| file | sha-256 |", "|---|---|", "| a.csv | `00` |");
        assertThat(files.again())
                .containsExactly(
                        "```",
                        "bin/limpid train x.yaml",
                        "```",
                        "",
                        "The same data, code and kind of CPU give the same bytes.");
    }

    @Test
    void a_topic_gives_no_bytes_again_and_its_raw_values_are_no_truth() {
        Origin topic = origin(TOPIC, true);

        assertThat(String.join("\n", topic.caveats())).contains("Raw values of the topic stood as clean");
        assertThat(topic.files())
                .startsWith("| partition or file | offsets or sha-256 |")
                .contains("| ecg.raw-0 | `offsets 7..150` |");
        assertThat(String.join("\n", topic.again()))
                .contains("This one read ecg.raw-0 offsets 7..150, ecg.raw-1 offsets 0..9.")
                .doesNotContain("same bytes");
    }

    @Test
    void raw_values_stood_as_clean_only_where_the_supervision_is_so() {
        assertThat(origin(TOPIC, false).caveats()).isEmpty();
    }

    private static Origin origin(Map<String, String> data, boolean known) {
        return new Origin(new TreeMap<>(data), known, "bin/limpid train x.yaml");
    }
}
