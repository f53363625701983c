package dev.limpid.onnx;

import static dev.limpid.onnx.Bad.bytes;
import static dev.limpid.onnx.Bad.field;
import static dev.limpid.onnx.Bad.good;
import static dev.limpid.onnx.Bad.join;
import static dev.limpid.onnx.Bad.model;
import static dev.limpid.onnx.Bad.text;
import static dev.limpid.onnx.Bad.varint;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bad models: files that are no protobuf, protobufs that are no model, versions, functions, metadata. */
final class BadFiles {
    private BadFiles() {}

    static Stream<Bad> all() {
        return Stream.of(wire(), versions(), functions(), metadata()).flatMap(List::stream);
    }

    private static List<Bad> wire() {
        byte[] good = good();
        byte[] garbage = new byte[4_096];
        new Random(1).nextBytes(garbage);
        byte[] nested = new byte[0];
        for (int depth = 0; depth < 2_000; depth++) {
            nested = field(6, field(5, field(1, nested))); // attribute.g of a node of a graph
        }
        byte[] names = new byte[2 * 600_000];
        for (int i = 0; i < names.length; i += 2) {
            names[i] = 0x0a; // an empty input of a node
        }
        return List.of(
                Bad.graph("an empty file", new byte[0], "the file is empty"),
                Bad.graph("garbage", garbage, "malformed at byte"),
                Bad.graph("zeros", new byte[1_024], "has a field without a number"),
                Bad.graph("cut in half", Arrays.copyOf(good, good.length / 2), "bytes, "),
                Bad.graph("cut by ten bytes", Arrays.copyOf(good, good.length - 10), "bytes, "),
                Bad.graph(
                        "two gigabytes announced",
                        join(good, varint(2 << 3 | 2), varint(2L << 30)),
                        "announces 2147483648"),
                Bad.graph("a negative length", join(good, varint(2 << 3 | 2), varint(-1)), "announces -1 bytes"),
                Bad.graph(
                        "a number of 11 bytes",
                        join(bytes(8), filled(10, 0xff), bytes(1)),
                        "a number of more than 10 bytes"),
                Bad.graph("a group", join(good, bytes(2 << 3 | 3)), "has wire type 3"),
                Bad.graph("a graph that is a number", join(good, bytes(7 << 3, 1)), "has two graphs"),
                Bad.graph("an unknown field", join(good, field(99, text("?"))), "a field that ONNX does not know"),
                Bad.graph("two graphs", join(good, field(7, new byte[0])), "two graphs"),
                Bad.graph("a name that is not UTF-8", join(good, field(2, bytes(0xc3, 0x28))), "is not UTF-8"),
                Bad.graph("a name of 2,000 bytes", join(good, field(2, filled(2_000, 'a'))), "a text of 2000 bytes"),
                Bad.graph("an ORT file", join(bytes(0x18, 0, 0, 0), text("ORTM"), new byte[64]), "malformed at byte"),
                Bad.graph(
                        "graphs nested 2,000 deep",
                        join(bytes(8, 9), field(7, field(1, field(5, nested)))),
                        "a graph of its own"),
                Bad.graph(
                        "100,000 nodes",
                        model(model -> {
                            NodeProto node = Bad.node("Identity", "", "x").build();
                            for (int i = 0; i < 100_000; i++) {
                                model.getGraphBuilder().addNode(node);
                            }
                        }),
                        "more than 20000 nodes"),
                Bad.graph(
                        "a node of 600,000 inputs",
                        join(bytes(8, 9), field(7, field(1, names))),
                        "more than 1024 inputs"),
                Bad.graph(
                        "600,000 attributes",
                        join(bytes(8, 9), field(7, field(1, repeated(field(5, new byte[0]), 600_000)))),
                        "more than 500000 names, attributes"));
    }

    private static byte[] repeated(byte[] what, int times) {
        byte[] all = new byte[what.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(what, 0, all, i * what.length, what.length);
        }
        return all;
    }

    private static byte[] filled(int count, int with) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static List<Bad> versions() {
        return List.of(
                Bad.graph("IR version 99", model(model -> model.setIrVersion(99)), "IR version 99, wanted 4 to"),
                Bad.graph("IR version 3", model(model -> model.setIrVersion(3)), "IR version 3, wanted 4 to"),
                Bad.graph("operator set 99", model(model -> opset(model, "", 99)), "operator set 99, wanted 11 to"),
                Bad.graph("operator set 7", model(model -> opset(model, "", 7)), "operator set 7, wanted 11 to"),
                Bad.graph("no operator set", model(ModelProto.Builder::clearOpsetImport), "operator set 0, wanted"),
                Bad.graph(
                        "two operator sets",
                        model(model -> model.addOpsetImport(
                                OperatorSetIdProto.newBuilder().setVersion(19))),
                        "its operator set twice, 20 and 19"),
                Bad.graph(
                        "a custom domain",
                        model(model -> model.addOpsetImport(OperatorSetIdProto.newBuilder()
                                .setDomain("evil")
                                .setVersion(1))),
                        "of the domain 'evil'"),
                Bad.graph("no graph", model(ModelProto.Builder::clearGraph), "has no graph"),
                Bad.graph(
                        "training information",
                        model(model -> model.addTrainingInfo(TrainingInfoProto.getDefaultInstance())),
                        "training information"),
                Bad.graph("a configuration for devices", join(good(), field(26, new byte[0])), "several devices"));
    }

    private static void opset(ModelProto.Builder model, String domain, long version) {
        model.clearOpsetImport()
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version));
    }

    private static List<Bad> functions() {
        return List.of(
                Bad.graph("a chain of 400 functions", functions(400), "functions of its own"),
                Bad.graph("a chain of 3,000 functions", functions(3_000), "functions of its own"));
    }

    /** Each function calls the next: inlining them overflows ONNX Runtime's stack. */
    static byte[] functions(int count) {
        return model(model -> {
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1));
            for (int i = 0; i < count; i++) {
                NodeProto.Builder body = Bad.node(i + 1 < count ? "F" + (i + 1) : "Identity", "b", "a");
                model.addFunctions(FunctionProto.newBuilder()
                        .setDomain("f")
                        .setName("F" + i)
                        .addInput("a")
                        .addOutput("b")
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1))
                        .addNode(i + 1 < count ? body.setDomain("f") : body));
            }
            model.getGraphBuilder().addNode(Bad.node("F0", "deep", "x").setDomain("f"));
        });
    }

    private static List<Bad> metadata() {
        return List.of(
                metadata("no metadata", model(ModelProto.Builder::clearMetadataProps), "carries no metadata_props"),
                metadata("metadata that are not JSON", json(json -> "{"), "metadata cannot be read"),
                metadata("metadata of a newer format", edit("\"format\":1", "\"format\":2"), "has format 2"),
                metadata("metadata nested 100,000 deep", json(json -> "[".repeat(100_000)), "nesting depth"),
                metadata(
                        "a number of 100,000 digits",
                        edit("\"format\":1", "\"format\":" + "1".repeat(100_000)),
                        "length"),
                metadata("a missing member", edit("\"golden\"", "\"silver\""), "golden"),
                metadata("another kind", edit("\"kind\":\"signal\"", "\"kind\":\"tokens\""), "kind is 'tokens'"),
                metadata(
                        "a name of 200 characters",
                        edit("\"name\":\"tiny\"", "\"name\":\"" + "n".repeat(200) + "\""),
                        "has 200 characters"),
                metadata("no name", edit("\"name\":\"tiny\"", "\"name\":\"\""), "name and version must not be empty"),
                metadata(
                        "a window of 2,000,000,000 samples",
                        edit("\"windowLength\":16", "\"windowLength\":2000000000"),
                        "windowLength is 2000000000"),
                metadata(
                        "a window of no samples",
                        edit("\"windowLength\":16", "\"windowLength\":0"),
                        "windowLength is 0"),
                metadata(
                        "a negative residual scale",
                        edit("\"residualScale\":0.5", "\"residualScale\":-0.5"),
                        "residualScale -0.5"),
                metadata("a negative tolerance", edit("\"tolerance\":1.0E-6", "\"tolerance\":-1"), "tolerance -1.0"),
                metadata(
                        "golden windows of another size",
                        edit("\"input\":[", "\"input\":[1,"),
                        "33 input, 0 observed, 32 expected"),
                metadata(
                        "falling quantiles",
                        edit("\"scoreQuantiles\":[]", "\"scoreQuantiles\":[7,6,5,4,3,2,1]"),
                        "must rise"),
                Bad.graph(
                        "metadata twice",
                        model(model -> model.addMetadataProps(model.getMetadataProps(0))),
                        "metadata_props[\"limpid\"] stands twice"));
    }

    private static Bad metadata(String kind, byte[] bytes, String says) {
        return new Bad(kind, bytes, AdmissionCheck.METADATA, says);
    }

    private static byte[] edit(String from, String to) {
        return json(json -> {
            if (!json.contains(from)) {
                throw new IllegalArgumentException(from + " is not in " + json);
            }
            return json.replace(from, to);
        });
    }

    private static byte[] json(UnaryOperator<String> change) {
        return model(model -> {
            StringStringEntryProto.Builder property = model.getMetadataPropsBuilder(0);
            property.setValue(change.apply(property.getValue()));
        });
    }
}
