package dev.limpid.onnx;

import java.util.Locale;

/** The checks that a model passes before it is used, in this order. */
public enum AdmissionCheck {
    /** The announcement is signed by a trusted key. */
    SIGNATURE("the announcement is signed by a trusted key"),
    /** The bytes are those that were announced. */
    DIGEST("the bytes are those that were announced"),
    /** There is a file of an allowed size. */
    FILE("there is a file, and it is not too large"),
    /** The protobuf is sound and the graph has nothing in it that Limpid does not run. */
    GRAPH("the file is sound, and its graph holds nothing that Limpid does not run"),
    /** The metadata can be read and does not contradict itself. */
    METADATA("the metadata can be read and does not contradict itself"),
    /** Inputs and outputs fit the metadata and the pipeline. */
    SHAPE("inputs and outputs fit the metadata and the pipeline"),
    /** A process of its own loads and runs the model within its limits of memory and time. */
    CHILD("a process of its own loads and runs it within its limits of memory and time"),
    /** ONNX Runtime loads it here, on the provider asked for. */
    LOAD("ONNX Runtime loads it here"),
    /** The golden windows come out as they should. */
    GOLDEN("the golden windows come out within their tolerance"),
    /** The answer does not depend on the batch. */
    BATCH("the answer does not depend on the size of the batch"),
    /** It is fast enough. */
    LATENCY("it is fast enough");

    private final String says;

    AdmissionCheck(String says) {
        this.says = says;
    }

    /** As it stands in messages and in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What holds once it is passed. */
    public String says() {
        return says;
    }
}
