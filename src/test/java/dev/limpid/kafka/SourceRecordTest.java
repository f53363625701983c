package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SourceRecordTest {
    @Test
    void key_and_headers_are_counted_in_bytes_of_utf8() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("温度", new byte[5]).add("é", null);

        SourceRecord record = new SourceRecord(new byte[3], new byte[100], 0, headers);

        assertThat(record.overhead()).isEqualTo(3 + 6 + 5 + 2);
    }
}
