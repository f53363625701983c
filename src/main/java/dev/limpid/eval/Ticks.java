package dev.limpid.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis from {@code low} to {@code high} with at most {@code most} ticks at round values: multiples of 1, 2 or 5 times a
 * power of ten.
 */
public record Ticks(double low, double high, int most) {
    /** The ticks, rising. */
    public List<Double> values() {
        double step = step();
        List<Double> values = new ArrayList<>();
        for (double k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9 && values.size() <= most; k++) {
            values.add(k * step);
        }
        return values;
    }

    /** {@code value} with as many decimals as the steps need. */
    public String label(double value) {
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step()) - 1e-9));
        String text =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        return text.startsWith("-") && text.chars().allMatch(c -> c == '-' || c == '0' || c == '.')
                ? text.substring(1)
                : text;
    }

    private double step() {
        double rough = (high - low) / most;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
