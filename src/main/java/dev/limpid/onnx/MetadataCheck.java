package dev.limpid.onnx;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.WindowRange;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;

/** Finds what is wrong with a model's metadata on its own, without its graph. */
final class MetadataCheck {
    private static final int MAX_NAME = 128;
    private static final int MAX_LENGTH = 1 << 16;

    private final ModelMetadata metadata;
    private final List<String> problems = new ArrayList<>();

    MetadataCheck(ModelMetadata metadata) {
        this.metadata = metadata;
    }

    List<String> problems() {
        if (metadata.name().isBlank() || metadata.version().isBlank()) {
            problems.add("metadata: name and version must not be empty");
        }
        for (String text : List.of(metadata.name(), metadata.version())) {
            // they go into a header of every record
            if (text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
                problems.add("metadata: name or version has " + text.length() + " characters, needs at most " + MAX_NAME
                        + " and no control characters");
            }
        }
        kind();
        if (metadata.windowLength() < 1 || metadata.windowLength() > MAX_LENGTH) {
            problems.add("metadata: windowLength is " + metadata.windowLength() + ", needs 1 to " + MAX_LENGTH);
        }
        channels();
        quantiles();
        golden();
        range();
        return problems;
    }

    private void kind() {
        String kind = metadata.kind();
        if (!List.of("signal", "frame", "tokens").contains(kind)) {
            problems.add("metadata: kind is '" + Problems.shortened(kind)
                    + "', this Limpid runs 'signal', 'frame' and 'tokens'");
        }
        FrameShape frame = metadata.frame();
        if (!kind.equals("frame")) {
            if (!frame.equals(FrameShape.NONE)) {
                problems.add("metadata: kind is '" + kind + "', which has no frame");
            }
        } else if (frame.pixels() < 1 || frame.pixels() != metadata.windowLength()) {
            problems.add("metadata: windowLength is " + metadata.windowLength() + ", needs height x width x frames = "
                    + frame.height() + " x " + frame.width() + " x " + frame.frames());
        }
        if (kind.equals("tokens") == metadata.vocabulary().entries().isEmpty()) {
            problems.add("metadata: kind is '" + kind + "' and the vocabulary has "
                    + metadata.vocabulary().entries().size() + " tokens, needs some for 'tokens' and none for others");
        }
        if (kind.equals("tokens") && metadata.channels().size() != 1) {
            problems.add("metadata: " + metadata.channels().size() + " channels, a model of tokens has 1");
        }
    }

    private void channels() {
        int count = metadata.channels().size();
        if (count < 1 || count > 64) {
            problems.add("metadata: " + count + " channels, needs 1 to 64");
        }
        for (ChannelSpec channel : metadata.channels()) {
            if (!(channel.residualScale() > 0) || Float.isInfinite(channel.residualScale())) {
                problems.add("metadata: channel '" + channel.name() + "' has residualScale " + channel.residualScale()
                        + ", needs a positive number");
            }
        }
        if (metadata.inputs().size() != count) {
            problems.add("metadata: inputs describe " + metadata.inputs().size() + " channels, the model has " + count);
        }
    }

    private void quantiles() {
        Floats quantiles = metadata.scoreQuantiles();
        if (quantiles.length() != 0 && quantiles.length() != 7) {
            problems.add("metadata: scoreQuantiles has " + quantiles.length() + " values, needs 7 or none");
        }
        for (int i = 0; i < quantiles.length(); i++) {
            if (!(quantiles.at(i) >= 0) || (i > 0 && quantiles.at(i) < quantiles.at(i - 1))) {
                problems.add("metadata: scoreQuantiles " + quantiles + " must rise from at least 0");
                return;
            }
        }
    }

    private void range() {
        WindowRange range = metadata.range();
        if (!range.known()) {
            return;
        }
        if (range.channels().size() != metadata.channels().size()
                || !(range.bound() > 0)
                || Float.isInfinite(range.bound())) {
            problems.add("metadata: range has " + range.channels().size() + " channels and bound " + range.bound()
                    + ", needs " + metadata.channels().size() + " and a positive one that is finite");
        }
        int count = WindowRange.STATISTICS;
        for (WindowRange.Channel channel : range.channels()) {
            if (channel.mean().length() != count || channel.whitening().length() != count * (count + 1) / 2) {
                problems.add("metadata: range has a mean of " + channel.mean().length() + " and a whitening of "
                        + channel.whitening().length() + " values, needs " + count + " and "
                        + count * (count + 1) / 2);
            } else if (!finite(channel.mean()) || !finite(channel.whitening())) {
                problems.add("metadata: range has values that are not finite");
            }
        }
    }

    private static boolean finite(Floats values) {
        for (int i = 0; i < values.length(); i++) {
            if (!Float.isFinite(values.at(i))) {
                return false;
            }
        }
        return true;
    }

    private void golden() {
        if (metadata.golden().isEmpty()) {
            problems.add("metadata: no golden window, needs at least 1");
        }
        int size = metadata.channels().size() * metadata.windowLength();
        for (int i = 0; i < metadata.golden().size(); i++) {
            ModelMetadata.GoldenWindow window = metadata.golden().get(i);
            int observed = window.observed().length();
            if (window.input().length() != size
                    || window.expected().length() != size
                    || (observed != 0 && observed != size)) {
                problems.add("metadata: golden window " + i + " has "
                        + window.input().length() + " input, " + observed + " observed, "
                        + window.expected().length() + " expected values, needs " + size);
            }
            if (!(window.tolerance() >= 0)) {
                problems.add(
                        "metadata: golden window " + i + " has tolerance " + window.tolerance() + ", needs at least 0");
            }
        }
    }
}
