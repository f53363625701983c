package dev.limpid.kafka;

import dev.limpid.codec.AlertLayout;
import dev.limpid.codec.EmbeddingLayout;
import dev.limpid.codec.Encoder;
import dev.limpid.codec.Encoders;
import dev.limpid.codec.HeatMaps;
import dev.limpid.codec.Numbers;
import dev.limpid.codec.ScoreLayout;
import dev.limpid.definition.Definition;
import dev.limpid.model.ModelId;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.WindowDetail;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What the pipeline makes, encoded and put into the task's outbox. */
final class OutboxEmitter implements Emitter<SourceRecord> {
    /**
     * Quality of a record whose cleaned value the topic would refuse: it passes through unchanged. Likewise of a score, which leaves
     * without its tokens.
     */
    private static final byte[] TOO_LARGE = "too-large".getBytes(StandardCharsets.US_ASCII);

    private static final Set<String> OURS = Set.of(
            PipelineTopology.MODEL_HEADER,
            PipelineTopology.SCORE_HEADER,
            PipelineTopology.QUALITY_HEADER,
            PipelineTopology.TOKENS_HEADER);

    private final Definition definition;
    private final int partition;
    private final Limits limits;
    private final Outbox outbox;
    private final Outbox.Sink cleaned;
    private final Outbox.@Nullable Sink scoring;
    private final Outbox.@Nullable Sink embeddings;
    private final Outbox.@Nullable Sink heat;
    private final @Nullable HeatMaps heatMaps;
    private final Counts counts;
    private final DeadLetters deadLetters;
    private final Encoder encoder;
    private final ScoreLayout scores;
    private final AlertLayout alerts;
    private final QualityLabels qualities = new QualityLabels();
    private @Nullable ModelId lastModel;
    private Header lastModelHeader = new RecordHeader(PipelineTopology.MODEL_HEADER, new byte[0]);
    private Header lastCrossFadeHeader = lastModelHeader;
    private float lastScore = Float.NaN;
    private byte[] lastScoreText = {};
    private long nowMs;
    private long newestOffset = -1;

    OutboxEmitter(Wiring wiring, int partition, Outbox outbox, DeadLetters deadLetters) {
        this.definition = wiring.definition();
        this.partition = partition;
        this.limits = wiring.limits();
        this.outbox = outbox;
        this.cleaned = Objects.requireNonNull(outbox.sink(PipelineTopology.CLEANED));
        this.scoring = outbox.sink(PipelineTopology.SCORES);
        this.embeddings = outbox.sink(PipelineTopology.EMBEDDINGS);
        this.heat = outbox.sink(PipelineTopology.HEAT_MAPS);
        this.heatMaps = definition
                .input()
                .pixels()
                .map(pixels -> new HeatMaps(definition.input(), pixels))
                .orElse(null);
        this.counts = wiring.counts();
        this.deadLetters = deadLetters;
        this.encoder = Encoders.of(definition, wiring.vocabulary());
        this.scores = new ScoreLayout(definition.input().channels(), wiring.vocabulary());
        this.alerts = new AlertLayout(definition.input().channels());
    }

    /**
     * Said before every call of the pipeline.
     *
     * @param offset of the newest record of the task's partition
     */
    void at(long nowMs, long offset) {
        this.nowMs = nowMs;
        this.newestOffset = offset;
    }

    @Override
    public void record(SeriesKey series, SourceRecord record, CleanedBlock block) {
        byte[] value = encoder.record(record.value(), block);
        byte[] told = encoder.told(record.value(), block);
        long size = (long) value.length + (told == null ? 0 : told.length);
        boolean oversize = size > record.value().length && !limits.fits(size + record.overhead());
        // it may have waited until it was older than the topic takes
        long timestampMs = limits.clamp(record.timestampMs(), nowMs);
        Headers headers = outbox.add(cleaned, record.key(), oversize ? record.value() : value, timestampMs);
        for (Header header : record.headers()) {
            if (!OURS.contains(header.key())) {
                headers.add(header);
            }
        }
        if (oversize) {
            headers.add(PipelineTopology.QUALITY_HEADER, TOO_LARGE);
            counts.oversize();
        } else {
            describe(headers, block);
            if (told != null) {
                headers.add(PipelineTopology.TOKENS_HEADER, told);
            }
        }
    }

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {
        long timestampMs = limits.clamp(block.timestampMs(0), nowMs);
        describe(outbox.add(cleaned, key(series), encoder.hop(block), timestampMs), block);
    }

    private void describe(Headers headers, CleanedBlock block) {
        ModelId model = block.model();
        if (model != null) {
            headers.add(header(model, block.crossFades()));
        }
        float score = block.score();
        if (!Float.isNaN(score)) {
            headers.add(PipelineTopology.SCORE_HEADER, text(score));
        }
        headers.add(qualities.of(block));
        counts.left(nowMs - block.timestampMs(block.length() - 1));
    }

    /** The text of a score; the same one twice in a row is of the same window. */
    private byte[] text(float score) {
        if (score != lastScore) {
            lastScore = score;
            lastScoreText = Numbers.ascii(score);
        }
        return lastScoreText;
    }

    private Header header(ModelId model, boolean crossFades) {
        if (!model.equals(lastModel)) {
            lastModel = model;
            lastModelHeader = modelHeader(model.toString());
            lastCrossFadeHeader = modelHeader(model + PipelineTopology.CROSS_FADE);
        }
        return crossFades ? lastCrossFadeHeader : lastModelHeader;
    }

    private static Header modelHeader(String text) {
        return new RecordHeader(PipelineTopology.MODEL_HEADER, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        if (scoring != null) {
            long timestampMs = limits.clamp(score.endMs(), nowMs);
            byte[] text = text(score.score());
            byte[] value = scores.encode(score, text);
            if (limits.fits((long) value.length + series.bytes().length)) {
                outbox.add(scoring, key(series), value, timestampMs);
            } else {
                outbox.add(scoring, key(series), scores.encode(score.alone(), text), timestampMs)
                        .add(PipelineTopology.QUALITY_HEADER, TOO_LARGE);
            }
        }
    }

    @Override
    public boolean wantsDetails() {
        return embeddings != null || heat != null;
    }

    @Override
    public void detail(SeriesKey series, WindowDetail detail) {
        long timestampMs = limits.clamp(detail.endMs(), nowMs);
        if (embeddings != null && detail.embedding().length() > 0) {
            byte[] vector = EmbeddingLayout.encode(detail.embedding());
            outbox.add(embeddings, key(series), vector, timestampMs).add(header(detail.model(), false));
        }
        if (heat != null && heatMaps != null) {
            byte[] map = heatMaps.encode(detail.residual());
            outbox.add(heat, key(series), map, timestampMs).add(header(detail.model(), false));
        }
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {
        if (definition.output().alerts().isPresent()) {
            long timestampMs = limits.clamp(alert.atMs(), nowMs);
            outbox.add(PipelineTopology.ALERTS, key(series), alerts.encode(alert), timestampMs);
        }
    }

    @Override
    public void failed(SeriesKey series, FailedWindow window) {
        int channels = definition.input().channels().size();
        deadLetters.window(series, window, channels, definition.input().topic(), partition, newestOffset, nowMs);
    }

    private static byte @Nullable [] key(SeriesKey series) {
        return series.bytes().length == 0 ? null : series.bytes();
    }
}
