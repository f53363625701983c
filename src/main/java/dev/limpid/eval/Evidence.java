package dev.limpid.eval;

import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a diagnosis may look at. What is not known is empty.
 *
 * @param cases what went in, came out, and is true if known
 * @param reproduced the truth as input, and what came out of that
 * @param channels in training and here
 * @param scores calibration of the scores
 * @param curve how training went
 * @param leaks what is graded although it was trained on, one phrase each
 * @param sampleRateHz 0 if unknown
 * @param frame if a stretch is a plane of frames, row by row; of several the last is shown
 */
public record Evidence(
        List<Case> cases,
        List<Case> reproduced,
        List<ChannelFacts> channels,
        ScoreCalibration scores,
        Optional<LearningCurve> curve,
        List<String> leaks,
        double sampleRateHz,
        Optional<Kind.Frame> frame) {
    public Evidence {
        cases = List.copyOf(cases);
        reproduced = List.copyOf(reproduced);
        channels = List.copyOf(channels);
        leaks = List.copyOf(leaks);
    }

    /** Signals alone. */
    public static Evidence of(List<Case> cases, List<Case> reproduced, double sampleRateHz) {
        ScoreCalibration none = ScoreCalibration.of(Floats.of(), Floats.of());
        return new Evidence(
                cases, reproduced, List.of(), none, Optional.empty(), List.of(), sampleRateHz, Optional.empty());
    }
}
