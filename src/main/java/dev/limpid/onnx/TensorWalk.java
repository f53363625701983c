package dev.limpid.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code TensorProto}: whether its data are as many as its dimensions say, inside the file, and finite. */
final class TensorWalk {
    private final WireReader wire;
    private final Budget budget;
    private final Problems problems;
    private final String owner;

    private final List<Long> shape = new ArrayList<>();
    private final List<Double> few = new ArrayList<>();
    private String name = "";
    private long typeNumber;
    private long rawFrom = -1;
    private long rawTo = -1;
    /** Elements in the typed fields. */
    private long typed;

    private long nans;
    private long infinities;

    private TensorWalk(WireReader wire, Budget budget, Problems problems, String owner) {
        this.wire = wire;
        this.budget = budget;
        this.problems = problems;
        this.owner = owner;
    }

    /** @param owner how messages call a tensor without a name */
    static Tensor read(WireReader wire, Budget budget, Problems problems, String owner)
            throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("tensor of " + owner);
        budget.part();
        TensorWalk walk = new TensorWalk(wire, budget, problems, owner);
        while (wire.more()) {
            walk.field();
        }
        Tensor tensor = walk.end();
        wire.leave(outer);
        return tensor;
    }

    private void field() throws IOException, MalformedModel {
        switch (wire.field()) {
            case 1 -> dimensions();
            case 2 -> typeNumber = wire.integer();
            case 3 -> refuse("is cut into segments, wanted whole");
            case 4 -> floats();
            case 5, 7, 11 -> integers();
            case 6 -> refuse("holds text, wanted numbers");
            case 8 -> {
                name = wire.text(Budget.MAX_NAME_BYTES);
                budget.text(name.length());
            }
            case 9 -> raw();
            case 10 -> doubles();
            case 12, 16 -> {
                budget.part();
                wire.skip();
            }
            case 13 ->
                refuse("keeps its data in another file, wanted inside of this one; export without external data");
            case 14 -> {
                if (wire.integer() != 0) {
                    problems.add(subject() + " says that its data are elsewhere, wanted inside of the file;"
                            + " export without external data");
                }
            }
            default -> throw wire.malformed("has a field that ONNX does not know");
        }
    }

    private void refuse(String what) throws IOException, MalformedModel {
        problems.add(subject() + " " + what);
        budget.part();
        wire.skip();
    }

    private String subject() {
        return name.isEmpty() ? "a tensor of " + owner : "tensor '" + name + "'";
    }

    private void dimensions() throws IOException, MalformedModel {
        if (!wire.packed()) {
            dimension(wire.integer());
            return;
        }
        WireReader.Outer outer = wire.enter("dimensions");
        while (wire.more()) {
            dimension(wire.number());
        }
        wire.leave(outer);
    }

    private void dimension(long size) throws MalformedModel {
        budget.part();
        if (shape.size() == Budget.MAX_DIMENSIONS) {
            throw wire.malformed("has more than " + Budget.MAX_DIMENSIONS + " dimensions");
        }
        shape.add(size);
    }

    private void raw() throws IOException, MalformedModel {
        if (rawFrom >= 0) {
            throw wire.malformed("has raw data twice");
        }
        WireReader.Outer outer = wire.enter("raw data");
        rawFrom = wire.position();
        wire.skipRest();
        rawTo = wire.position();
        wire.leave(outer);
    }

    private void floats() throws IOException, MalformedModel {
        if (!wire.packed()) {
            element(wire.real());
            return;
        }
        WireReader.Outer outer = wire.enter("floats");
        while (wire.more()) {
            element(Float.intBitsToFloat(wire.fourBytes()));
        }
        wire.leave(outer);
    }

    private void doubles() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("doubles");
        while (wire.more()) {
            element(Double.longBitsToDouble(wire.eightBytes()));
        }
        wire.leave(outer);
    }

    private void integers() throws IOException, MalformedModel {
        if (!wire.packed()) {
            element((double) wire.integer());
            return;
        }
        WireReader.Outer outer = wire.enter("integers");
        while (wire.more()) {
            element((double) wire.number());
        }
        wire.leave(outer);
    }

    private void element(double value) {
        typed++;
        value(value);
    }

    private void value(double value) {
        if (Double.isNaN(value)) {
            nans++;
        } else if (Double.isInfinite(value)) {
            infinities++;
        }
        if (few.size() <= Tensor.FEW) {
            few.add(value);
        }
    }

    private Tensor end() throws IOException, MalformedModel {
        ElementType type = ElementType.of(typeNumber).orElse(null);
        if (type == null) {
            throw new MalformedModel(subject() + " is " + ElementType.text(typeNumber)
                    + ", wanted floats, integers or booleans; export it without text and exotic types");
        }
        long elements = elements(type);
        budget.tensor(elements * type.bytes());
        long got = rawFrom >= 0 ? (rawTo - rawFrom) / type.bytes() : typed;
        if (rawFrom >= 0 && (typed > 0 || (rawTo - rawFrom) % type.bytes() != 0)) {
            problems.add(subject() + " has " + (rawTo - rawFrom) + " raw bytes and " + typed
                    + " other values, wanted one of them, of whole elements");
        } else if (got != elements) {
            problems.add(subject() + " has " + got + " values, its shape " + shape + " wants " + elements
                    + "; export it again");
        }
        if (rawFrom >= 0 && rawTo > rawFrom) {
            scan(type);
        }
        // a mask may be minus infinity; a weight may not
        if (nans > 0 || (infinities > 0 && elements > 1)) {
            problems.add(subject() + " has " + nans + " NaN and " + infinities + " infinite of " + elements
                    + " values, wanted finite ones; the training diverged");
        }
        return new Tensor(name, shape, elements, few.size() <= Tensor.FEW ? few : List.of());
    }

    private long elements(ElementType type) throws MalformedModel {
        long elements = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && elements > Budget.MAX_BYTES / type.bytes() / size)) {
                throw new MalformedModel(subject() + " has the shape " + shape + ", wanted sizes from 0 and at most "
                        + Budget.MAX_BYTES + " bytes in all; make the model smaller");
            }
            elements *= size;
        }
        return elements;
    }

    /** Reads the raw data at last: the element type may stand behind them. */
    private void scan(ElementType type) throws IOException, MalformedModel {
        long back = wire.position();
        wire.seek(rawFrom);
        for (long left = rawTo - rawFrom; left >= type.bytes(); ) {
            int most = (int) Math.min(left, WireReader.BUFFER_BYTES);
            ByteBuffer part = wire.some(most - most % type.bytes());
            left -= part.remaining();
            while (part.hasRemaining()) {
                value(next(part, type));
            }
        }
        wire.seek(back);
    }

    private static double next(ByteBuffer part, ElementType type) {
        return switch (type) {
            case FLOAT -> part.getFloat();
            case DOUBLE -> part.getDouble();
            case FLOAT16 -> half(part.getShort(), 0x7c00);
            case BFLOAT16 -> half(part.getShort(), 0x7f80);
            case INT64, UINT64 -> part.getLong();
            case INT32, UINT32 -> part.getInt();
            case INT16, UINT16 -> part.getShort();
            case INT8, UINT8, BOOL -> part.get();
        };
    }

    /** Whether 16 bits are finite; their value is of no interest. */
    private static double half(short bits, int exponent) {
        if ((bits & exponent) != exponent) {
            return 0;
        }
        return (bits & ~exponent & 0x7fff) == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
}
