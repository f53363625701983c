package dev.limpid.model;

/**
 * One channel as the model knows it.
 *
 * @param name the channel's name
 * @param unit physical unit, for people
 * @param residualScale root mean square of the residual (raw minus clean) on calibration data, in {@code unit}; positive
 */
public record ChannelSpec(String name, String unit, float residualScale) {}
