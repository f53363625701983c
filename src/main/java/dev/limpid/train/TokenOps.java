package dev.limpid.train;

/**
 * The operators that a network of tokens needs beside those of {@link Ops}: from ids to numbers and back. An id is a whole number,
 * {@code int64}; only
 * {@link #embed}, {@link #real}, {@link #counts}, {@link #columnAt}, {@link #pickLast} and {@link #choose} take ids, only {@link #argMaxLast} and
 * {@link #choose} give some.
 *
 * <p>The same rule holds: an answer for a window is the same bytes in every batch. ONNX Runtime's {@code LogSoftmax} takes the logarithm
 * once a row, so it is among them.
 *
 * @param <V> what stands for a tensor
 */
interface TokenOps<V> extends Ops<V> {
    /** {@code ids [B, T]}, {@code table [n, d]} to {@code [B, T, d]}: the row of each. */
    V embed(V ids, V table);

    /** The same numbers as float32. */
    V real(V ids);

    /** How often each number from 0 to {@code columns - 1} stands on the last axis; a greater one counts as the last: {@code [B, T]} to {@code [B, columns]}. */
    V counts(V ids, int columns);

    /** {@code x [B, columns]}, {@code ids [B, T]} to {@code [B, T]}: the value in the column of each, as {@link #counts} has them. */
    V columnAt(V x, V ids, int columns);

    /** {@code x [B, T, n]}, {@code ids [B, T]} to {@code [B, T]}: the value at each. */
    V pickLast(V x, V ids);

    /** {@code [B, T, n]} to {@code [B, T]}: where the greatest value of the last axis stands. */
    V argMaxLast(V x);

    /** Of two runs of ids, or of numbers, the first where {@code flags}, float32 of the same shape, is positive, else the second. */
    V choose(V flags, V first, V second);

    /** The greatest value of the last axis, which stays with size 1. */
    V maxLast(V x);

    /** e^x over its sum along the last axis. */
    V softmaxLast(V x);

    /** The logarithm of {@link #softmaxLast}. */
    V logSoftmaxLast(V x);

    /** {@code a [B…, n, k]}, {@code b [B…, k, m]} or {@code [k, m]} to {@code [B…, n, m]}. */
    V matmul(V a, V b);

    /** Over the last axis, {@code d} long: {@code (x - mean) / √(variance + 1e-5) · gain + bias}, both {@code [d]}. */
    V layerNorm(V x, V gain, V bias);

    /** The axes in another order; the batch axis, 0, stays. */
    V permute(V x, int... axes);
}
