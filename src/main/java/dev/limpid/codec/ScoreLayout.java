package dev.limpid.codec;

import dev.limpid.model.ModelId;
import dev.limpid.score.WindowScore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a {@link WindowScore}: {@code {"start":0,"end":708,"score":1.3,"shares":{"lead":1.0},"observed":1.0,
 * "model":"ecg:7@…"}}.
 *
 * <p>Times are milliseconds since the epoch. Without a score: {@code "score":null,"absence":"missing","shares":{}}. One per
 * thread.
 */
public final class ScoreLayout {
    private static final byte[] NULL = Utf8Buffer.ascii("null");
    private static final byte[] START = Utf8Buffer.ascii("{\"start\":");
    private static final byte[] END = Utf8Buffer.ascii(",\"end\":");
    private static final byte[] SCORE = Utf8Buffer.ascii(",\"score\":");
    private static final byte[] SHARES = Utf8Buffer.ascii(",\"shares\":{");
    private static final byte[] OBSERVED = Utf8Buffer.ascii("},\"observed\":");
    private static final byte[] MODEL = Utf8Buffer.ascii(",\"model\":");
    private final byte[][] names;
    private final Utf8Buffer out = new Utf8Buffer();
    private @Nullable ModelId model;
    private byte[] modelText = {};

    /** @param channels the names of the channels, in order */
    public ScoreLayout(List<String> channels) {
        this.names = channels.stream().map(Utf8Buffer::quoted).toArray(byte[][]::new);
    }

    /** The value of the record on the scores topic. */
    public byte[] encode(WindowScore score) {
        return encode(score, Numbers.ascii(score.score()));
    }

    /**
     * The same with the score's text at hand: a header carries it too, and making it is the dearest part.
     *
     * @param text {@link Numbers#ascii} of the score
     */
    public byte[] encode(WindowScore score, byte[] text) {
        out.clear().add(START).add(score.startMs());
        out.add(END).add(score.endMs());
        out.add(SCORE).add(text.length == 0 ? NULL : text);
        if (!score.absence().isEmpty()) {
            out.addAscii(",\"absence\":").add(Utf8Buffer.quoted(score.absence()));
        }
        out.add(SHARES);
        for (int channel = 0; channel < score.shares().length(); channel++) {
            if (channel > 0) {
                out.add(',');
            }
            out.add(names[channel]).add(':').add(score.shares().at(channel));
        }
        out.add(OBSERVED).add(score.observed());
        out.add(MODEL).add(model(score.model()));
        return out.add('}').toBytes();
    }

    private byte[] model(ModelId id) {
        if (!id.equals(model)) {
            model = id;
            modelText = Utf8Buffer.quoted(id.toString());
        }
        return modelText;
    }
}
