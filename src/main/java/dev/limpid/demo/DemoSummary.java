package dev.limpid.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a demo run. Counts are samples, and what a read_committed reader saw, unless they say otherwise.
 *
 * @param accepted samples that the broker took from the sensors
 * @param pending samples that were not answered when the run ended
 * @param snrInDb signal-to-noise ratio as it came in: mean over the series, away from faults
 * @param faultsFound faults with an alert within two seconds
 * @param falseAlarms alerts near no fault
 * @param seriesHours series times hours of simulated time
 * @param p50LatencyMs from sending the record that makes another final to the arrival of the other's answer, see {@link Ledger}
 * @param recordsPerSecond cleaned records per second of the clock, from the first sent to the last answered
 * @param model the model that the newest record names
 * @param swap empty if the model was not to change
 * @param speed simulated seconds per second, as reached
 * @param firstAnswerSeconds from the start of the process to the first cleaned record
 * @param problems why conservation did not hold; empty if it held
 * @param remarks faults missed and false alarms, for people
 */
public record DemoSummary(
        long accepted,
        long cleaned,
        long imputed,
        long passedThrough,
        long pending,
        long deadLetters,
        double snrInDb,
        double snrOutDb,
        int faultsInjected,
        int faultsFound,
        int falseAlarms,
        double seriesHours,
        double p50LatencyMs,
        double p99LatencyMs,
        double recordsPerSecond,
        String model,
        Optional<SwapSummary> swap,
        double speed,
        double firstAnswerSeconds,
        List<String> problems,
        List<String> remarks) {
    public DemoSummary {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    /** Whether every accepted sample left exactly once, in order. */
    public boolean conserved() {
        return problems.isEmpty();
    }

    /** Why the swap of models did not happen; empty if it did, or was not to. */
    public Optional<String> swapProblem() {
        return swap.flatMap(SwapSummary::problem);
    }

    /** The members of the JSON summary, in order; those of a swap that did not happen are null. docs/formats.md explains them. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("accepted", accepted);
        members.put("cleaned", cleaned);
        members.put("imputed", imputed);
        members.put("passedThrough", passedThrough);
        members.put("pending", pending);
        members.put("deadLetters", deadLetters);
        members.put("snrInDb", rounded(snrInDb));
        members.put("snrOutDb", rounded(snrOutDb));
        members.put("faultsInjected", faultsInjected);
        members.put("faultsFound", faultsFound);
        members.put("falseAlarms", falseAlarms);
        members.put("seriesHours", rounded(seriesHours));
        members.put("p50LatencyMs", rounded(p50LatencyMs));
        members.put("p99LatencyMs", rounded(p99LatencyMs));
        members.put("recordsPerSecond", rounded(recordsPerSecond));
        members.put("model", model);
        members.put("modelBefore", swap.map(SwapSummary::modelBefore).orElse(null));
        members.put("gainBeforeDb", number(SwapSummary::gainBeforeDb));
        members.put("gainAfterDb", number(SwapSummary::gainAfterDb));
        members.put("swapAfterMs", number(SwapSummary::afterMs));
        return members;
    }

    private @Nullable Double number(Function<SwapSummary, Double> of) {
        return swap.map(of)
                .filter(value -> !value.isNaN())
                .map(DemoSummary::rounded)
                .orElse(null);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
