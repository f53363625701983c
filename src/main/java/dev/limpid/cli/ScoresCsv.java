package dev.limpid.cli;

import dev.limpid.codec.Numbers;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Window scores as CSV: {@code series,start,end,score,observed,absence} and one column per channel with its share, {@code share:lead}.
 * Times are milliseconds since the epoch, or since the first row if the file has no timestamps. Per series in order.
 */
final class ScoresCsv {
    private final Writer out;
    private final int channels;

    /** @param out closed by the caller */
    ScoresCsv(Writer out, List<String> channels) throws IOException {
        this.out = out;
        this.channels = channels.size();
        out.write("series,start,end,score,observed,absence");
        for (String channel : channels) {
            out.write("," + CsvDenoise.quoted("share:" + channel));
        }
        out.write('\n');
    }

    void write(SeriesKey series, WindowScore score) throws IOException {
        out.write(CsvDenoise.quoted(series.toString()) + "," + score.startMs() + "," + score.endMs() + ","
                + Numbers.text(score.score()) + "," + Numbers.text(score.observed()) + "," + score.absence());
        for (int channel = 0; channel < channels; channel++) {
            boolean known = channel < score.shares().length();
            out.write("," + (known ? Numbers.text(score.shares().at(channel)) : ""));
        }
        out.write('\n');
    }
}
