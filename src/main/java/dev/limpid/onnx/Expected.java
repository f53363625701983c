package dev.limpid.onnx;

import java.util.List;

/**
 * What a pipeline needs of its model.
 *
 * @param pipeline the pipeline's name, for messages
 * @param channels number of channels
 * @param names the channels' names, in order; empty: any
 * @param length {@code window.length}
 * @param maxWindows windows per batch
 */
public record Expected(String pipeline, int channels, List<String> names, int length, int maxWindows) {
    public Expected {
        names = List.copyOf(names);
    }

    /** Of any names. */
    public Expected(String pipeline, int channels, int length, int maxWindows) {
        this(pipeline, channels, List.of(), length, maxWindows);
    }

    /** Of those names. A single channel may be called anything: there is none to mistake it for. */
    public static Expected of(String pipeline, List<String> names, int length, int maxWindows) {
        return new Expected(pipeline, names.size(), names.size() > 1 ? names : List.of(), length, maxWindows);
    }
}
