package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * One disturbance out of several, so that a window is spoilt in one way and not in all: drawn in proportion to their chances.
 *
 * @param of which ones
 */
public record Either(double chance, List<Disturbance> of) implements Disturbance {
    public Either {
        of = List.copyOf(of);
    }

    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        double draw = random.nextDouble() * sum();
        for (Disturbance disturbance : of) {
            draw -= disturbance.chance();
            if (draw < 0) {
                disturbance.strike(window, random);
                return;
            }
        }
    }

    private double sum() {
        return of.stream().mapToDouble(Disturbance::chance).sum();
    }

    @Override
    public String phrase() {
        return of.stream().map(Disturbance::phrase).collect(Collectors.joining(" or ", "either ", ""));
    }

    @Override
    public List<String> problems() {
        List<String> problems = Limits.of(chance).problems();
        if (!(sum() > 0)) {
            problems.add("of is " + of + ", needs at least one with a chance above 0");
        }
        of.forEach(disturbance -> problems.addAll(disturbance.problems()));
        return problems;
    }
}
