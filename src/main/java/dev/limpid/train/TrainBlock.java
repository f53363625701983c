package dev.limpid.train;

import dev.limpid.signal.Kind;
import dev.limpid.train.synthetic.Spoiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code train} block of a pipeline definition, read with defaults for what it does not say:
 *
 * <pre>{@code
 * train:
 *   network: unet                 # or dense, tcn, unet-2d, conv-2d
 *   widths: [32, 48, 64, 96]
 *   patch: 4
 *   unit: mV
 *   steps: 12000
 *   batch: 64
 *   augmentation: { gain: [0.6, 1.6], stretch: [0.8, 1.25], flip: 0.1, splice: 0.15, offset: 0 }
 *   corruption: { noise: 0.9, snr-db: [-3, 12], gaussian: 0.4, sigma: [0.03, 0.6], mask: 0.3, mask-share: 0.3, wander: 0.1 }
 * }</pre>
 *
 * What stands under {@code supervision} says what the network is graded against, see {@link Supervision}. The corruption may also be a
 * list of disturbances, which then are all that happens; beside the mixture of the block they stand under {@code then}. What is wrong is
 * collected; nothing is thrown. Confined to one thread.
 */
public final class TrainBlock {
    /** The keys of the block that say how a model is trained again and again: the trainer of the service reads them. */
    public static final Set<String> ROUNDS = Set.of("topic", "publish-when", "drift");

    private final Keys keys;
    private final Target target;

    private TrainBlock(Keys keys, Target target) {
        this.keys = keys;
        this.target = target;
    }

    /**
     * The pipeline's side of a training.
     *
     * @param name the model's name
     * @param version its version
     * @param channels the pipeline's channels
     * @param length samples per window
     * @param sampleRateHz 0 if unknown
     * @param kind what its series carry
     */
    public record Target(
            String name, String version, List<String> channels, int length, double sampleRateHz, Kind kind) {
        /** Of signals at an unknown sample rate. */
        public Target(String name, String version, List<String> channels, int length) {
            this(name, version, channels, length, 0);
        }

        /** Of signals. */
        public Target(String name, String version, List<String> channels, int length, double sampleRateHz) {
            this(name, version, channels, length, sampleRateHz, Kind.SIGNAL);
        }
    }

    /**
     * What a block says.
     *
     * @param synthetic how made-up windows are spoilt, if the block asks for them instead of recordings
     */
    public record Read(TrainSpec spec, Optional<Spoiling> synthetic, List<String> problems) {}

    /** Reads {@code block}; see the class. */
    public static Read read(Map<String, Object> block, Target target) {
        return read(block, target, Spelling.NONE);
    }

    /** As the other, and {@code spelling} guesses what a misspelt key means. */
    public static Read read(Map<String, Object> block, Target target, Spelling spelling) {
        List<String> problems = new ArrayList<>();
        TrainBlock reader = new TrainBlock(new Keys("train", block, problems, spelling), target);
        Keys madeUp = reader.keys.block("synthetic");
        Optional<Spoiling> synthetic =
                block.containsKey("synthetic") ? Optional.of(spoiling(madeUp)) : Optional.empty();
        return new Read(reader.spec(), synthetic, problems);
    }

    private TrainSpec spec() {
        Supervision supervision = SupervisionKeys.read(keys);
        Schedule schedule = Schedule.DEFAULT;
        Optional<Frame> frame = NetworkKeys.frame(keys, target);
        TrainSpec spec = new TrainSpec(
                target.name(),
                target.version(),
                target.channels(),
                keys.text("unit", ""),
                target.length(),
                new NetworkKeys(keys, frame).read(),
                new Schedule(
                        keys.integer("steps", schedule.steps()),
                        keys.integer("batch", schedule.batch()),
                        keys.number("learning-rate", schedule.learningRate()),
                        keys.number("weight-decay", schedule.weightDecay()),
                        keys.integer("evaluate-every", schedule.evaluateEvery()),
                        keys.integer("patience", schedule.patience()),
                        descent()),
                corruption(supervision.corruption()),
                augmentation(
                        keys.block("augmentation"), frame.isPresent() ? Augmentation.NONE : supervision.augmentation()),
                keys.number("held-out", 0.1),
                (long) keys.number("seed", 1),
                loss(),
                new Ends(
                        keys.choice("normalise", Ends.DEFAULT.normalisation()),
                        keys.choice("output", Ends.DEFAULT.output()),
                        keys.flag("embedding")),
                frame,
                supervision,
                LevelKeys.read(keys));
        keys.leave(ROUNDS);
        keys.finish();
        return spec;
    }

    private Descent descent() {
        Descent otherwise = Descent.DEFAULT;
        return new Descent(
                keys.integer("warm-up", otherwise.warmUp()),
                keys.number("clip-norm", otherwise.clipNorm()),
                keys.number("average", otherwise.average()),
                keys.integer("accumulate", otherwise.accumulate()));
    }

    private Loss loss() {
        if (!keys.isBlock("loss")) {
            return new Loss(distance(keys, "loss", 1), 0, List.of());
        }
        Keys block = keys.block("loss");
        Loss loss = new Loss(
                distance(block, "kind", block.number("delta", 1)),
                block.number("spectral", 0),
                block.number("features", 0),
                block.numbers("channels"));
        block.finish();
        return loss;
    }

    private static Loss.Distance distance(Keys keys, String key, double delta) {
        return switch (keys.choice(key, Distance.SQUARED)) {
            case SQUARED -> new Loss.Squared();
            case HUBER -> new Loss.Huber(delta);
            case CROSS_ENTROPY -> new Loss.CrossEntropy();
        };
    }

    /** The words for {@link Loss.Distance}. */
    private enum Distance {
        SQUARED,
        HUBER,
        CROSS_ENTROPY
    }

    private Corruption corruption(Corruption otherwise) {
        DisturbanceKeys disturbances = new DisturbanceKeys(target.sampleRateHz());
        if (keys.isList("corruption")) {
            return Corruption.of(disturbances.read(keys.list("corruption"), keys.of("corruption", Map.of())));
        }
        Keys block = keys.block("corruption");
        Corruption corruption = mixture(block, otherwise).then(disturbances.read(block.list("then"), block));
        block.finish();
        return corruption;
    }

    private static Corruption mixture(Keys block, Corruption otherwise) {
        double[] snr = block.pair("snr-db", otherwise.snrLowDb(), otherwise.snrHighDb());
        double[] sigma = block.pair("sigma", otherwise.gaussianLow(), otherwise.gaussianHigh());
        return new Corruption(
                block.number("noise", otherwise.noise()),
                snr[0],
                snr[1],
                block.number("gaussian", otherwise.gaussian()),
                sigma[0],
                sigma[1],
                block.number("mask", otherwise.mask()),
                block.number("mask-share", otherwise.maskShare()),
                block.number("wander", otherwise.wander()));
    }

    private static Augmentation augmentation(Keys block, Augmentation otherwise) {
        double[] gain = block.pair("gain", otherwise.gainLow(), otherwise.gainHigh());
        double[] stretch = block.pair("stretch", otherwise.stretchLow(), otherwise.stretchHigh());
        Augmentation augmentation = new Augmentation(
                gain[0],
                gain[1],
                stretch[0],
                stretch[1],
                block.number("flip", otherwise.flip()),
                block.number("splice", otherwise.splice()),
                block.number("offset", otherwise.offset()));
        block.finish();
        return augmentation;
    }

    private static Spoiling spoiling(Keys block) {
        Spoiling otherwise = Spoiling.DEFAULT;
        double[] ratio = block.pair("ratio", otherwise.ratioLow(), otherwise.ratioHigh());
        Spoiling spoiling = new Spoiling(
                ratio[0],
                ratio[1],
                block.number("nearly-clean", otherwise.nearlyClean()),
                block.number("coloured", otherwise.coloured()),
                block.number("otherwise", otherwise.otherwise()),
                block.number("varying", otherwise.varying()),
                block.number("impulses", otherwise.impulses()),
                block.number("quantised", otherwise.quantised()),
                block.number("missing", otherwise.missing()));
        block.finish();
        return spoiling;
    }
}
