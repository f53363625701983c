package dev.limpid.train;

import dev.limpid.train.synthetic.Spoiling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code train} block of a pipeline definition, read with defaults for what it does not say:
 *
 * <pre>{@code
 * train:
 *   network: unet                 # or dense
 *   widths: [32, 48, 64, 96]
 *   patch: 4
 *   unit: mV
 *   steps: 6000
 *   batch: 64
 *   augmentation: { gain: [0.6, 1.6], stretch: [0.8, 1.25], flip: 0.1, splice: 0.15, offset: 0 }
 *   corruption: { noise: 0.9, snr-db: [-3, 12], gaussian: 0.4, sigma: [0.03, 0.6], mask: 0.3, mask-share: 0.3, wander: 0.1 }
 * }</pre>
 *
 * What is wrong with it is collected; nothing is thrown. Confined to one thread.
 */
public final class TrainBlock {
    private final String path;
    private final Map<?, ?> values;
    private final List<String> problems;
    private final Set<String> known = new LinkedHashSet<>();

    private TrainBlock(String path, Map<?, ?> values, List<String> problems) {
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    /**
     * The pipeline's side of a training.
     *
     * @param name the model's name
     * @param version its version
     * @param channels the pipeline's channels
     * @param length samples per window
     */
    public record Target(String name, String version, List<String> channels, int length) {}

    /**
     * What a block says.
     *
     * @param synthetic how made-up windows are spoilt, if the block asks for them instead of recordings
     */
    public record Read(TrainSpec spec, Optional<Spoiling> synthetic, List<String> problems) {}

    /** Reads {@code block}; see the class. */
    public static Read read(Map<String, Object> block, Target target) {
        List<String> problems = new ArrayList<>();
        TrainBlock reader = new TrainBlock("train", block, problems);
        Optional<Spoiling> synthetic = block.containsKey("synthetic")
                ? Optional.of(reader.section("synthetic").spoiling())
                : Optional.empty();
        reader.known.add("synthetic");
        return new Read(reader.spec(target), synthetic, problems);
    }

    private TrainSpec spec(Target target) {
        Schedule schedule = Schedule.DEFAULT;
        TrainSpec spec = new TrainSpec(
                target.name(),
                target.version(),
                target.channels(),
                text("unit", ""),
                target.length(),
                network(),
                new Schedule(
                        integer("steps", schedule.steps()),
                        integer("batch", schedule.batch()),
                        number("learning-rate", schedule.learningRate()),
                        number("weight-decay", schedule.weightDecay()),
                        integer("evaluate-every", schedule.evaluateEvery()),
                        integer("patience", schedule.patience())),
                section("corruption").corruption(),
                section("augmentation").augmentation(),
                number("held-out", 0.1),
                (long) number("seed", 1));
        finish();
        return spec;
    }

    private Network network() {
        String form = text("network", "unet");
        int patch = integer("patch", Network.UNet.DEFAULT.patch());
        if (form.equals("dense")) {
            return new Network.Dense(integers("widths", Network.Dense.DEFAULT.widths()));
        }
        if (!form.equals("unet")) {
            problem("network", "is '" + form + "', needs unet or dense");
        }
        return new Network.UNet(integers("widths", Network.UNet.DEFAULT.widths()), patch);
    }

    private Corruption corruption() {
        Corruption otherwise = Corruption.DEFAULT;
        double[] snr = pair("snr-db", otherwise.snrLowDb(), otherwise.snrHighDb());
        double[] sigma = pair("sigma", otherwise.gaussianLow(), otherwise.gaussianHigh());
        Corruption corruption = new Corruption(
                number("noise", otherwise.noise()),
                snr[0],
                snr[1],
                number("gaussian", otherwise.gaussian()),
                sigma[0],
                sigma[1],
                number("mask", otherwise.mask()),
                number("mask-share", otherwise.maskShare()),
                number("wander", otherwise.wander()));
        finish();
        return corruption;
    }

    private Augmentation augmentation() {
        Augmentation otherwise = Augmentation.DEFAULT;
        double[] gain = pair("gain", otherwise.gainLow(), otherwise.gainHigh());
        double[] stretch = pair("stretch", otherwise.stretchLow(), otherwise.stretchHigh());
        Augmentation augmentation = new Augmentation(
                gain[0],
                gain[1],
                stretch[0],
                stretch[1],
                number("flip", otherwise.flip()),
                number("splice", otherwise.splice()),
                number("offset", otherwise.offset()));
        finish();
        return augmentation;
    }

    private Spoiling spoiling() {
        Spoiling otherwise = Spoiling.DEFAULT;
        double[] ratio = pair("ratio", otherwise.ratioLow(), otherwise.ratioHigh());
        Spoiling spoiling = new Spoiling(
                ratio[0],
                ratio[1],
                number("nearly-clean", otherwise.nearlyClean()),
                number("coloured", otherwise.coloured()),
                number("otherwise", otherwise.otherwise()),
                number("varying", otherwise.varying()),
                number("impulses", otherwise.impulses()),
                number("quantised", otherwise.quantised()),
                number("missing", otherwise.missing()));
        finish();
        return spoiling;
    }

    private TrainBlock section(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value != null && !(value instanceof Map<?, ?>)) {
            problem(key, "is '" + value + "', needs a block of keys");
        }
        return new TrainBlock(path + "." + key, value instanceof Map<?, ?> map ? map : Map.of(), problems);
    }

    private String text(String key, String otherwise) {
        known.add(key);
        Object value = values.get(key);
        return value == null ? otherwise : String.valueOf(value).strip();
    }

    private int integer(String key, int otherwise) {
        double value = number(key, otherwise);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            problem(key, "is " + value + ", needs a whole number");
            return otherwise;
        }
        return (int) value;
    }

    private double number(String key, double otherwise) {
        known.add(key);
        Object value = values.get(key);
        return value == null ? otherwise : parsed(key, value, otherwise);
    }

    private double parsed(String key, Object value, double otherwise) {
        try {
            return Double.parseDouble(String.valueOf(value).strip());
        } catch (NumberFormatException e) {
            problem(key, "is '" + value + "', needs a number");
            return otherwise;
        }
    }

    private List<?> list(String key) {
        known.add(key);
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list
                ? list
                : List.of(String.valueOf(value).split(",", -1));
    }

    private double[] pair(String key, double low, double high) {
        List<?> list = list(key);
        if (list.isEmpty()) {
            return new double[] {low, high};
        }
        if (list.size() != 2) {
            problem(key, "is " + list + ", needs a least and a greatest value, as in [" + low + ", " + high + "]");
            return new double[] {low, high};
        }
        return new double[] {parsed(key, list.get(0), low), parsed(key, list.get(1), high)};
    }

    private List<Integer> integers(String key, List<Integer> otherwise) {
        List<?> list = list(key);
        if (list.isEmpty()) {
            return otherwise;
        }
        return list.stream().map(value -> (int) parsed(key, value, 0)).toList();
    }

    private void finish() {
        for (Object key : values.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                problem(String.valueOf(key), "is unknown; known are " + String.join(", ", known));
            }
        }
    }

    private void problem(String key, String what) {
        problems.add(path + "." + key + " " + what);
    }
}
