package dev.limpid.onnx;

/**
 * The shape of a frame as a model's metadata tell it.
 *
 * @param height rows of a frame
 * @param width pixels of a row
 * @param frames frames of a window
 */
public record FrameShape(int height, int width, int frames) {
    /** Of a model that cleans no frames. */
    public static final FrameShape NONE = new FrameShape(0, 0, 0);

    /** Samples of a window; not positive if the shape is none. */
    long pixels() {
        return height < 1 || width < 1 || frames < 1 ? 0 : (long) height * width * frames;
    }
}
