package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a logger puts before a line, and where the line itself begins. */
class LogHeaderTest {
    private static String content(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int from = LogHeader.end(bytes, 0, bytes.length);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2024-05-01 10:11:12 ~ opened the door",
                "2024-05-01T10:11:12.123Z ~ opened the door",
                "10:11:12 [main] ~ opened the door",
                "[2024-05-01 10:11:12,123] INFO [Log partition=a-0, dir=/tmp] ~ opened the door (kafka.log.Log)",
                "260309 101112 4711 INFO doors.Gate$Keeper: ~ opened the door",
                "24/05/01 10:11:12 INFO exec.Runner: ~ opened the door",
                "2024-05-01 10:11:12,123 INFO [door keeper thread] org.doors.Keeper: ~ opened the door",
                "2024-05-01 10:11:12,123 - WARN  [Seat[chair=4]/0:0:0:0:0:0:0:0:7443:Ballot@58] - ~ opened the door",
                "2024-05-01 10:11:12.123  INFO 4711 --- [           main] o.doors.Keeper   : ~ opened the door",
                "10:11:12.123 [main] DEBUG org.doors.Keeper - ~ opened the door",
                "2024-05-01 10:11:12,123 - my.doors - INFO - ~ opened the door",
                "- 1773051072 2026.03.09 Q07-B3 2026-03-09-10.11.12.123456 Q07-B3 RAS CELLAR INFO ~ opened the door",
                "DOORJAM 1773051072 2026.03.09 Q07-B3 2026-03-09-10.11.12.123456 Q07-B3 RAS CELLAR FATAL ~ opened the door",
                "Mar  9 10:11:12 gate keeper(key_ring)[4711]: ~ opened the door",
                "Mar 19 10:11:12 gate kernel: ~ opened the door",
                "Mar 19 10:11:12 node7 kernel: ~ opened the door",
                "2024-05-01T10:11:12.123456+02:00 gate kernel: ~ opened the door",
                "[Mon Mar 09 10:11:12 2026] [notice] ~ opened the door",
                "[Mon Mar 09 10:11:12.123 2026] [core:error] [pid 4711:tid 58] [client 10.0.0.1] ~ opened the door",
                "2024/05/01 10:11:12 [error] 4711#0: ~ opened the door",
                "05-01 10:11:12.123  4711  4758 D Keeper: ~ opened the door",
                "I0501 10:11:12.123456    4711 keeper.go:123] ~ opened the door",
                "'2024-05-01 10:11:12, Info                  CBS   ' ~ opened the door",
                "2024-05-01 10:11:12.123 UTC [4711] LOG:  ~ opened the door",
                "INFO ~ opened the door",
                "ERROR: ~ opened the door",
                "Mar 19 10:11:12 gate relay[7]: 2024-05-01 10:11:12 INFO doors.Keeper: ~ opened the door"
            })
    void a_header_is_left_out(String header, String content) {
        assertThat(content(header + " " + content)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "opened the door",
                "Opened door 7 at 10:11:12",
                "warning: the door is open",
                "7 doors are open",
                "door: open [7]",
                "[7] doors are open",
                "10.0.0.1:8080 opened the door",
                "Status is ERROR",
                "ERROR",
                "10:11:12",
                "Türen: 7 offen",
                "- opened the door",
                "[unclosed door",
                ""
            })
    void what_has_none_stays_as_it_is(String line) {
        assertThat(content(line)).isEqualTo(line);
    }

    @Test
    void headers_without_end_are_left_out_but_for_two_of_them() {
        assertThat(content("10:11:12 INFO relay: ".repeat(10_000) + "opened the door"))
                .isEqualTo("10:11:12 INFO relay: ".repeat(9_998) + "opened the door");
        assertThat(content("[".repeat(100_000))).hasSize(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2024-05-01 10:11:12 ~ 7 doors are open",
                "2024-05-01 10:11:12 INFO ~ 7 doors are open",
                "2024-05-01 10:11:12 INFO ~ Doors of 10.0.0.1: all are open",
                "2024-05-01 10:11:12 INFO doors.Keeper: ~ warning: the door is open",
                "Mar 19 10:11:12 gate keeper[7]: ~ error: door 7 is open",
                "2024-05-01 10:11:12 ~ Opened the door: INFO follows",
                "2024-05-01 10:11:12 INFO ~ Connection [id=5] closed"
            })
    void what_only_looks_like_more_of_it_is_content(String header, String content) {
        assertThat(content(header + " " + content)).isEqualTo(content);
    }
}
