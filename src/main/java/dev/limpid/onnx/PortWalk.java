package dev.limpid.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code ValueInfoProto}: an input, an output, or what is said of a value between. */
final class PortWalk {
    private final WireReader wire;
    private final Budget budget;
    private final List<Long> shape = new ArrayList<>();
    private String name = "";
    private long elementType;

    private PortWalk(WireReader wire, Budget budget) {
        this.wire = wire;
        this.budget = budget;
    }

    static Port read(WireReader wire, Budget budget) throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("input, output or value");
        PortWalk walk = new PortWalk(wire, budget);
        budget.part();
        int types = 0;
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> walk.name = wire.text(Budget.MAX_NAME_BYTES);
                case 2 -> {
                    if (++types > 1) {
                        throw wire.malformed("has two types");
                    }
                    walk.type();
                }
                case 3, 4 -> walk.skip();
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
        budget.text(walk.name.length());
        return new Port(walk.name, ElementType.text(walk.elementType), walk.shape);
    }

    private void skip() throws IOException, MalformedModel {
        budget.part();
        wire.skip();
    }

    private void type() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("type");
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> tensor();
                case 6 -> skip();
                case 4, 5, 7, 8, 9 ->
                    throw new MalformedModel(
                            "value '" + name
                                    + "' is a sequence, map, optional or sparse tensor, wanted a plain tensor; export it without");
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
    }

    private void tensor() throws IOException, MalformedModel {
        WireReader.Outer outer = wire.enter("tensor type");
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> elementType = wire.integer();
                case 2 -> {
                    WireReader.Outer type = wire.enter("shape");
                    while (wire.more()) {
                        if (wire.field() != 1) {
                            throw wire.malformed("has a field that ONNX does not know");
                        }
                        dimension();
                    }
                    wire.leave(type);
                }
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
    }

    private void dimension() throws IOException, MalformedModel {
        if (shape.size() == Budget.MAX_DIMENSIONS) {
            throw wire.malformed("has more than " + Budget.MAX_DIMENSIONS + " dimensions");
        }
        budget.part();
        WireReader.Outer outer = wire.enter("dimension");
        long size = -1;
        while (wire.more()) {
            switch (wire.field()) {
                case 1 -> size = wire.integer();
                case 2, 3 -> skip();
                default -> throw wire.malformed("has a field that ONNX does not know");
            }
        }
        wire.leave(outer);
        shape.add(size);
    }
}
