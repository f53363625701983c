package dev.limpid.onnx;

/**
 * What a pipeline needs of its model.
 *
 * @param pipeline the pipeline's name, for messages
 * @param channels number of channels
 * @param length {@code window.length}
 * @param maxWindows windows per batch
 */
public record Expected(String pipeline, int channels, int length, int maxWindows) {}
