package dev.limpid.pipeline;

import dev.limpid.model.FakeTokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The obvious twin of a {@link Pipeline} of tokens: everything of a session is kept, and judged when it is over. */
final class NaiveTokens {
    /** What is expected of one token. */
    record Token(int raw, int clean, Quality quality, float missingBefore, int missingCount) {}

    private static final class Series {
        boolean open;
        long lastMs;
        long streamMs;
        final List<Integer> session = new ArrayList<>();
        final List<Token> all = new ArrayList<>();
        final List<Float> scores = new ArrayList<>();
    }

    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary(TokenScenario.TOKENS);

    private final PipelineSpec spec;
    private final Merging.MostConfident merging;
    private final Map<SeriesKey, Series> series = new LinkedHashMap<>();

    private NaiveTokens(PipelineSpec spec) {
        this.spec = spec;
        this.merging = (Merging.MostConfident) spec.merging();
    }

    static NaiveTokens run(TokenScenario scenario) {
        NaiveTokens naive = new NaiveTokens(scenario.spec());
        long streamMs = Long.MIN_VALUE / 2;
        for (Scenario.Input input : scenario.inputs()) {
            Series in = naive.series.computeIfAbsent(input.series(), key -> new Series());
            boolean idle = streamMs - in.streamMs > naive.spec.idleFlushMs();
            if (idle || Math.abs(input.timestampMs() - in.lastMs) > naive.spec.gapMaxMs()) {
                naive.close(in);
            }
            in.lastMs = in.open ? Math.max(in.lastMs, input.timestampMs()) : input.timestampMs();
            in.open = true;
            for (float id : input.values()) {
                in.session.add((int) id);
            }
            streamMs = Math.max(streamMs, input.timestampMs());
            in.streamMs = streamMs;
            if (naive.spec.segmentEnd().behind(input.block(1), in.session.size())) {
                naive.close(in);
            }
        }
        naive.series.values().forEach(naive::close);
        return naive;
    }

    /** All tokens of a series in the order in which they came. */
    List<Token> tokens(SeriesKey key) {
        return series.get(key).all;
    }

    /** The scores of a series' windows, NaN where the model failed. */
    List<Float> scores(SeriesKey key) {
        return series.get(key).scores;
    }

    private void close(Series in) {
        in.open = false;
        WindowSpec window = spec.window();
        int count = in.session.size();
        List<FakeTokens.Said> said = new ArrayList<>();
        for (int k = 0; count > 0 && (k == 0 || window.end(k - 1) < count); k++) {
            int[] ids = new int[window.length()];
            boolean poisoned = false;
            for (int i = 0; i < ids.length && k * window.hop() + i < count; i++) {
                ids[i] = in.session.get(k * window.hop() + i);
                poisoned |= ids[i] == TokenScenario.POISON;
            }
            said.add(poisoned ? null : FakeTokens.random(ids, merging.ids()));
            if (!poisoned) {
                said.get(k).foreign = foreign(ids, said.get(k).error);
            }
            in.scores.add(poisoned ? Float.NaN : said.get(k).score);
        }
        for (int slot = 0; slot < count; slot++) {
            in.all.add(token(in.session.get(slot), slot, said));
        }
        in.session.clear();
    }

    private boolean foreign(int[] ids, float[] error) {
        int worse = 0;
        int better = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] >= Kind.Tokens.FIRST) {
                boolean harder = error[i] - VOCABULARY.surprise(ids[i]) > 1;
                worse += harder ? 1 : 0;
                better += harder ? 0 : 1;
            }
        }
        return worse > better && worse > 4;
    }

    private Token token(int came, int slot, List<FakeTokens.Said> windows) {
        WindowSpec window = spec.window();
        float best = -1;
        Token token = new Token(came, came, Quality.FAILED, 0, 0);
        for (int k = 0; k < windows.size(); k++) {
            int time = slot - k * window.hop();
            boolean inTime = k == 0 || window.end(k) - 1 - slot <= window.lookahead();
            FakeTokens.Said said = windows.get(k);
            if (time < 0 || time >= window.length() || !inTime || said == null) {
                continue;
            }
            float confidence = said.foreign ? -0.5f : said.confidence[time];
            if (confidence <= best) {
                continue;
            }
            best = confidence;
            boolean masked = came == Kind.Tokens.MASKED;
            boolean proposed = !said.foreign
                    && best >= (masked ? merging.fillAbove() : merging.replaceAbove())
                    && came != Kind.Tokens.UNKNOWN
                    && said.clean[time] >= Kind.Tokens.FIRST
                    && said.clean[time] < merging.ids();
            int clean = proposed ? said.clean[time] : came;
            Quality quality = came == Kind.Tokens.UNKNOWN
                    ? Quality.UNKNOWN
                    : masked
                            ? (proposed ? Quality.IMPUTED : Quality.MISSING)
                            : said.foreign ? Quality.FOREIGN : clean == came ? Quality.CLEANED : Quality.REPLACED;
            int count = said.foreign ? 0 : (int) said.missingCount[time];
            token = new Token(came, clean, quality, said.foreign ? 0 : said.missingBefore[time], count);
        }
        return token;
    }
}
