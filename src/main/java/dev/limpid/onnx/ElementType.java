package dev.limpid.onnx;

import java.util.Optional;

/** The types of ONNX tensors that a model may have, by their numbers in {@code TensorProto.DataType}. */
enum ElementType {
    FLOAT(1, "float32", 4),
    UINT8(2, "uint8", 1),
    INT8(3, "int8", 1),
    UINT16(4, "uint16", 2),
    INT16(5, "int16", 2),
    INT32(6, "int32", 4),
    INT64(7, "int64", 8),
    BOOL(9, "bool", 1),
    FLOAT16(10, "float16", 2),
    DOUBLE(11, "double", 8),
    UINT32(12, "uint32", 4),
    UINT64(13, "uint64", 8),
    BFLOAT16(16, "bfloat16", 2);

    private final int number;
    private final String text;
    private final int bytes;

    ElementType(int number, String text, int bytes) {
        this.number = number;
        this.text = text;
        this.bytes = bytes;
    }

    static Optional<ElementType> of(long number) {
        for (ElementType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As in messages; a type that no model may have as its number. */
    static String text(long number) {
        return of(number).map(type -> type.text).orElse("of element type " + number);
    }

    /** Bytes per element. */
    int bytes() {
        return bytes;
    }

    String text() {
        return text;
    }
}
