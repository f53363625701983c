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
     * The mean over windows of twice the fourth root of a window's mean: easy windows, whose error is small, count for more than
     * hard ones, of which much stays wrong whatever is learnt. What weight makes of an error is to be in units of the noise; below
     * a tenth of it no gain is sought. By the square root instead, errors on held-out windows of every kind of noise stay larger,
     * after as many steps by 3 % with white noise and by 7 % with coloured.
     */
    FOURTH_ROOT {
        @Override
        Tensor of(Tensor squares) {
            return squares.mean(-1, -2)
                    .add(new Scalar(LEAST))
                    .sqrt()
                    .sqrt()
                    .mul(new Scalar(2f))
                    .mean();
        }
    };

    private static final double LEAST = 0.01;

    /** @param squares {@code [window][channel][time]} */
    abstract Tensor of(Tensor squares);
}
