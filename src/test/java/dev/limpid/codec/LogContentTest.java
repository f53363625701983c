package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells lines apart is not taken for a header. */
class LogContentTest {
    private static String content(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int from = LogHeader.end(bytes, 0, bytes.length);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOGIN 10:15:02 alice",
                "LOGOUT 10:15:02 alice",
                "COMMIT 2026-11-27 10:00:00 done",
                "COMMIT 17 2026-11-27 10:00:00 done",
                "COMMIT 1117838570 2026-11-27 10:00:00 done",
                "SEARCH ERROR 3",
                "job17 FAILURE 3",
                "job17 ERROR 3",
                "17 ERROR 3",
                "FAILURE 3",
                "May ERROR 3",
                "I think so",
                "Critical pressure in tank 3"
            })
    void a_word_before_a_time_or_a_level_stays(String line) {
        assertThat(content(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-11-27 10:00:00 ~ Critical pressure in tank 3",
                "2026-11-27 10:00:00 ~ Fine pressure in tank 3",
                "2026-11-27 10:00:00 ~ Notice of the door",
                "2026-11-27 10:00:00 ~ Alert the keeper",
                "2026-11-27 10:00:00 ~ error of the door",
                "10:00:00 ~ I think so",
                "10:00:00 17 ~ I think so",
                "Nov 27 10:00:00 gate ~ Fine pressure in tank 3"
            })
    void a_word_that_is_written_as_no_logger_writes_a_level_stays(String header, String content) {
        assertThat(content(header + " " + content)).endsWith(content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-11-27 10:00:00 ~ LOGIN ERROR alice",
                "2026-11-27 10:00:00 ~ upload ERROR 3",
                "2026-11-27 10:00:00 ~ job17 FAILURE 3",
                "2026-11-27 10:00:00 ~ Temperature: 35",
                "2026-11-27 10:00:00 UTC ~ Pressure: 12",
                "2026-11-27 10:00:00 ~ door: open",
                "2026-11-27 10:00:00 ~ door[7]: open",
                "2026-11-27 10:00:00 ~ door7: open",
                "2026-11-27 10:00:00 ~ PUT [7] done",
                "2026-11-27 10:00:00 ~ LOGIN - done",
                "2026-11-27 10:00:00 [main] ~ GET / done",
                "'10.0.0.1 - - [27/Nov/2026:10:00:00 +0000]' ~ \"GET / HTTP/1.1\" 200 12",
                "Nov 27 10:00:00 ~ Temperature: 35"
            })
    void a_word_or_a_name_behind_nothing_but_a_time_stays(String header, String content) {
        assertThat(content(header + " " + content)).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-11-27 10:00:00 FINE ~ opened the door",
                "2026-11-27 10:00:00 [critical] ~ opened the door",
                "'2026-11-27 10:00:00, Error                 CBS   ' ~ opened the door",
                "11-27 10:00:00.123  1702  2395 I Keeper: ~ opened the door",
                "2026-11-27 10:00:00 - root - INFO - ~ opened the door",
                "2026-11-27 10:00:00 CET ~ opened the door",
                "11/27/2026 10:00:00 PM ERROR ~ opened the door",
                "2026-11-27 10:00:00 [main] keeper: ~ opened the door",
                "Nov 27 10:00:00 gate ERROR ~ opened the door",
                "web_1  | 2026-11-27 10:00:00 INFO ~ opened the door",
                "KERNDTLB 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL FAILURE ~ opened the door"
            })
    void what_a_logger_writes_is_left_out(String header, String content) {
        assertThat(content(header + " " + content)).isEqualTo(content);
    }
}
