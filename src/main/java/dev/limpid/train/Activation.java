package dev.limpid.train;

/** What stands between a network's layers, so that they are more than one. */
public enum Activation {
    /** max(x, 0). */
    RELU {
        @Override
        <V> V of(Ops<V> ops, V x) {
            return ops.relu(x);
        }
    },
    /** {@code x} where it is positive, else a hundredth of it: nothing dies (Maas et al. 2013, ICML). */
    LEAKY_RELU {
        @Override
        <V> V of(Ops<V> ops, V x) {
            return ops.leakyRelu(x);
        }
    },
    /** {@code x} times the normal distribution at {@code x}: smooth (Hendrycks and Gimpel 2016). */
    GELU {
        @Override
        <V> V of(Ops<V> ops, V x) {
            return ops.gelu(x);
        }
    },
    /** {@code x · sigmoid(x)}: smooth, and cheaper (Elfwing et al. 2018, Neural Networks 107). */
    SILU {
        @Override
        <V> V of(Ops<V> ops, V x) {
            return ops.mul(x, ops.sigmoid(x));
        }
    },
    /** The hyperbolic tangent: from -1 to 1. */
    TANH {
        @Override
        <V> V of(Ops<V> ops, V x) {
            return ops.tanh(x);
        }
    };

    abstract <V> V of(Ops<V> ops, V x);

    /** For a network's form: {@code , gelu}; nothing for the one that is meant if none is named. */
    String suffix() {
        return this == RELU ? "" : ", " + Keys.word(this);
    }
}
