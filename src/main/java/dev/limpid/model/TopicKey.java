package dev.limpid.model;

import java.util.Optional;

/**
 * The key of a record on the models topic: {@code ecg} is the pointer of that model, {@code ecg/8} the manifest of its version 8,
 * {@code ecg/8/0} the first chunk of its file.
 *
 * <p>Names and versions begin with a letter or digit, go on with letters, digits, {@code .}, {@code _} and {@code -}, and have at
 * most 100 characters; so they hold no slash and may be file names.
 */
public sealed interface TopicKey {
    /** Most characters of a name or version. */
    int MAX_LENGTH = 100;

    /** Most chunks of a file. */
    int MAX_CHUNKS = 1 << 16;

    /** The model's name. */
    String name();

    record OfPointer(String name) implements TopicKey {
        @Override
        public String toString() {
            return name;
        }
    }

    record OfManifest(String name, String version) implements TopicKey {
        @Override
        public String toString() {
            return name + "/" + version;
        }
    }

    record OfChunk(String name, String version, int index) implements TopicKey {
        @Override
        public String toString() {
            return name + "/" + version + "/" + index;
        }
    }

    /** The key that {@code text} says; empty if it is none. */
    static Optional<TopicKey> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 3 || !valid(parts[0]) || (parts.length > 1 && !valid(parts[1]))) {
            return Optional.empty();
        }
        return switch (parts.length) {
            case 1 -> Optional.of(new OfPointer(parts[0]));
            case 2 -> Optional.of(new OfManifest(parts[0], parts[1]));
            default -> index(parts[2]).map(index -> new OfChunk(parts[0], parts[1], index));
        };
    }

    private static Optional<Integer> index(String text) {
        if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(0) == '0')) {
            return Optional.empty();
        }
        int index = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            index = 10 * index + digit - '0';
        }
        return index < MAX_CHUNKS ? Optional.of(index) : Optional.empty();
    }

    /** Whether {@code text} may be a model's name or version. */
    static boolean valid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !letterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!letterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /**
     * Insists on a name or version.
     *
     * @throws IllegalArgumentException if {@code text} is none
     */
    static void requireName(String what, String text) {
        require(
                valid(text),
                what,
                text,
                "a letter or digit, then letters, digits, '.', '_' and '-', " + MAX_LENGTH + " at most");
    }

    /**
     * Insists on what must hold.
     *
     * @throws IllegalArgumentException unless {@code holds}
     */
    static void require(boolean holds, String what, Object got, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": got '" + got + "', wanted " + wanted);
        }
    }
}
