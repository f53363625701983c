package dev.limpid.codec;

import dev.limpid.model.ModelId;
import dev.limpid.model.Vocabulary;
import dev.limpid.score.Surprisal;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a {@link WindowScore}: {@code {"start":0,"end":708,"score":1.3,"shares":{"lead":1.0},"observed":1.0,
 * "model":"ecg:7@…"}}.
 *
 * <p>Times are milliseconds since the epoch. Without a score: {@code "score":null,"absence":"missing","shares":{}}. A model with a score of
 * its own adds the tokens that the window stands out by, or that it finds hardest to believe, behind {@code shares}: {@code
 * "tokens":[{"at":3,"token":"E21","error":9.1,"contribution":0.5}]}; {@code token} is null if the vocabulary does not have it, and {@code
 * contribution} is left out if the model does not say. Behind the score stands by what the window stands out most, {@code
 * "reason":"length"}, if the model says so. One per thread.
 */
public final class ScoreLayout {
    private static final byte[] NULL = Utf8Buffer.ascii("null");
    private static final byte[] START = Utf8Buffer.ascii("{\"start\":");
    private static final byte[] END = Utf8Buffer.ascii(",\"end\":");
    private static final byte[] SCORE = Utf8Buffer.ascii(",\"score\":");
    private static final byte[] REASON = Utf8Buffer.ascii(",\"reason\":\"");
    private static final byte[] SHARES = Utf8Buffer.ascii(",\"shares\":{");
    private static final byte[] TOKENS = Utf8Buffer.ascii("},\"tokens\":[");
    private static final byte[] END_OF_TOKENS = Utf8Buffer.ascii("],\"observed\":");
    private static final byte[] OBSERVED = Utf8Buffer.ascii("},\"observed\":");
    private static final byte[] MODEL = Utf8Buffer.ascii(",\"model\":");
    private final byte[][] names;
    private final Vocabulary vocabulary;
    private final Utf8Buffer out = new Utf8Buffer();
    private @Nullable ModelId model;
    private byte[] modelText = {};

    /** @param channels the names of the channels, in order */
    public ScoreLayout(List<String> channels) {
        this(channels, Vocabulary.EMPTY);
    }

    /** @param vocabulary as the decoder's */
    public ScoreLayout(List<String> channels, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
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
        if (score.reason() != null) {
            out.add(REASON).addAscii(score.reason().label()).add('"');
        }
        out.add(SHARES);
        for (int channel = 0; channel < score.shares().length(); channel++) {
            if (channel > 0) {
                out.add(',');
            }
            out.add(names[channel]).add(':').add(score.shares().at(channel));
        }
        if (score.surprisals().isEmpty()) {
            out.add(OBSERVED);
        } else {
            surprisals(score.surprisals());
            out.add(END_OF_TOKENS);
        }
        out.add(score.observed());
        out.add(MODEL).add(model(score.model()));
        return out.add('}').toBytes();
    }

    private void surprisals(List<Surprisal> surprisals) {
        out.add(TOKENS);
        for (int i = 0; i < surprisals.size(); i++) {
            Surprisal each = surprisals.get(i);
            int id = (int) each.value();
            out.addAscii(i == 0 ? "{\"at\":" : ",{\"at\":").add(each.at());
            out.addAscii(",\"token\":").add(id < Kind.Tokens.FIRST ? NULL : Utf8Buffer.quoted(vocabulary.token(id)));
            out.addAscii(",\"error\":").add(each.error());
            if (!Float.isNaN(each.contribution())) {
                out.addAscii(",\"contribution\":").add(each.contribution());
            }
            out.add('}');
        }
    }

    private byte[] model(ModelId id) {
        if (!id.equals(model)) {
            model = id;
            modelText = Utf8Buffer.quoted(id.toString());
        }
        return modelText;
    }
}
