package dev.limpid.train;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What is made of a batch's weighted errors, to be made small. */
enum Objective {
    /** Their mean. */
    SQUARE {
        @Override
        Tensor of(Tensor squares) {
            return squares.mean();
        }
    },
    /**
     * The mean over windows of the root of a window's mean: easy windows, whose error is small, count as much as hard ones. What
     * weight makes of an error is to be in units of the noise; below a tenth of it no gain is sought.
     */
    ROOT {
        @Override
        Tensor of(Tensor squares) {
            return squares.mean(-1, -2).add(new Scalar(LEAST)).sqrt().mean();
        }
    };

    private static final double LEAST = 0.01;

    /** @param squares {@code [window][channel][time]} */
    abstract Tensor of(Tensor squares);
}
