package dev.limpid.codec;

import dev.limpid.score.Alert;
import java.util.List;

/**
 * The JSON of an {@link Alert}: {@code {"state":"RAISED","start":0,"at":708,"score":9.1,"deviation":12.5,
 * "peakDeviation":12.5,"channel":"lead","model":"ecg:7@…"}}.
 *
 * <p>Times are milliseconds since the epoch; {@code channel} is null if it is unknown; {@code
 * "reason":"length"} stands behind it, if there is one. One per thread.
 */
public final class AlertLayout {
    private final byte[][] names;
    private final Utf8Buffer out = new Utf8Buffer();

    /** @param channels the names of the channels, in order */
    public AlertLayout(List<String> channels) {
        this.names = channels.stream().map(Utf8Buffer::quoted).toArray(byte[][]::new);
    }

    /** The value of the record on the alerts topic. */
    public byte[] encode(Alert alert) {
        out.clear().addAscii("{\"state\":\"").addAscii(alert.state().name()).add('"');
        out.addAscii(",\"start\":").add(alert.startMs());
        out.addAscii(",\"at\":").add(alert.atMs());
        out.addAscii(",\"score\":").add(alert.score());
        out.addAscii(",\"deviation\":").add(alert.deviation());
        out.addAscii(",\"peakDeviation\":").add(alert.peakDeviation());
        out.addAscii(",\"channel\":");
        if (alert.channel() < 0) {
            out.addAscii("null");
        } else {
            out.add(names[alert.channel()]);
        }
        if (alert.reason() != null) {
            out.addAscii(",\"reason\":\"").addAscii(alert.reason().label()).add('"');
        }
        out.addAscii(",\"model\":").add(Utf8Buffer.quoted(alert.model().toString()));
        return out.add('}').toBytes();
    }
}
