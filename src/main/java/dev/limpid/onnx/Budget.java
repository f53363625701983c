package dev.limpid.onnx;

/**
 * What a model may make its readers spend: ours, and the protobuf library inside ONNX Runtime, which makes up to 32 bytes of
 * each of the file's. Spent by count, so that a small file that unfolds is refused before it does. Confined to one thread.
 */
final class Budget {
    /** Greatest file, and greatest sum of all tensors: 512 MiB. */
    static final long MAX_BYTES = 512L << 20;

    static final int MAX_DIMENSIONS = 8;
    static final int MAX_NAME_BYTES = 1_024;

    private static final int MAX_NODES = 20_000;
    private static final int MAX_PARTS = 500_000;
    private static final long MAX_TEXT_BYTES = 32L << 20;

    private long tensorBytes;
    private int nodes;
    private int parts;
    private long textBytes;

    /** @param bytes what the tensor's dimensions say, whatever the file holds of it */
    void tensor(long bytes) throws MalformedModel {
        tensorBytes += bytes;
        refuse(tensorBytes > MAX_BYTES, "its tensors unfold to more than " + MAX_BYTES + " bytes");
    }

    void node() throws MalformedModel {
        refuse(++nodes > MAX_NODES, "its graph has more than " + MAX_NODES + " nodes");
    }

    /** A name, an attribute, a dimension: anything that is repeated and small. */
    void part() throws MalformedModel {
        refuse(++parts > MAX_PARTS, "it has more than " + MAX_PARTS + " names, attributes and dimensions");
    }

    /** Names, comments, documents. */
    void text(long bytes) throws MalformedModel {
        textBytes += bytes;
        refuse(textBytes > MAX_TEXT_BYTES, "its names and texts are longer than " + MAX_TEXT_BYTES + " bytes");
    }

    long tensorBytes() {
        return tensorBytes;
    }

    private static void refuse(boolean spent, String what) throws MalformedModel {
        if (spent) {
            throw new MalformedModel(what + ", which is as much as Limpid reads; make the model smaller");
        }
    }
}
