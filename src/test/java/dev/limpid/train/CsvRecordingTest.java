package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordingTest {
    @TempDir
    private Path folder;

    @Test
    void columns_become_channels_and_the_timestamp_is_left_out() throws Exception {
        CsvRecording read = CsvRecording.read(plain("timestamp,a,b\n1,0.5,-1\n2,1.5,-2\n"));

        assertThat(read.columns()).containsExactly("a", "b");
        assertThat(read.recording().channels().get(0)).containsExactly(0.5f, 1.5f);
        assertThat(read.recording().channels().get(1)).containsExactly(-1, -2);
    }

    @Test
    void a_compressed_file_holds_the_same_and_has_a_digest_of_its_own() throws Exception {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a\n1\n2\n".getBytes(StandardCharsets.UTF_8));
        }

        CsvRecording read = CsvRecording.read(file);

        assertThat(read.recording().channels().get(0)).containsExactly(1, 2);
        assertThat(read.recording().sha256()).hasSize(64);
        assertThat(read.recording().sha256())
                .isNotEqualTo(CsvRecording.read(plain("a\n1\n2\n")).recording().sha256());
    }

    @Test
    void columns_are_taken_by_name_by_place_or_each_on_its_own() throws Exception {
        CsvRecording read = CsvRecording.read(plain("b,a\n1,2\n"));

        assertThat(read.of(List.of("a", "b")).get(0).channels().get(0)).containsExactly(2);
        assertThat(read.of(List.of("x", "y")).get(0).channels().get(0)).containsExactly(1);
        assertThat(read.of(List.of("lead"))).hasSize(2);
        assertThatThrownBy(() -> read.of(List.of("x", "y", "z")))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("its columns are [b, a], the pipeline's channels [x, y, z]");
    }

    @Test
    void every_row_at_fault_is_named() {
        assertThatThrownBy(() -> CsvRecording.read(plain("a,b\n1,2\n1\nx,NaN\n3,4\n")))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("row 2 has 1 columns, the header 2")
                .hasMessageContaining("row 3, column a, is 'x', needs a finite number")
                .hasMessageContaining("row 3, column b, is 'NaN', needs a finite number");
    }

    @Test
    void a_file_without_rows_or_header_is_refused() {
        assertThatThrownBy(() -> CsvRecording.read(plain(""))).hasMessageContaining("no header");
        assertThatThrownBy(() -> CsvRecording.read(plain("a\n"))).hasMessageContaining("no rows");
        assertThatThrownBy(() -> CsvRecording.read(plain("timestamp\n1\n"))).hasMessageContaining("no column");
    }

    private Path plain(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "r", ".csv"), text);
    }
}
