package dev.limpid.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * When a shadow is promoted by itself. Besides, it must not have failed on more windows than the model in force, nor be slower than
 * a model in force may be.
 *
 * @param windows compared at least, over all instances
 * @param errorWorseBy its error may be greater by this share of the error of the model in force
 * @param errorBetterBy … or lower by this share, and no more: the error is the distance from what was measured, so a model that cleans
 *     nothing has none
 * @param alertsMoreBy it may have raised more alerts by this share
 */
public record PromoteWhen(long windows, double errorWorseBy, double errorBetterBy, double alertsMoreBy) {
    public static final PromoteWhen DEFAULT = new PromoteWhen(10_000, 0, 0.5, 0.1);

    /**
     * Why a shadow is not to be promoted.
     *
     * @param all what the instances found, of the same two models
     * @param nanosPerWindow how long a model in force may take
     * @return empty if it is to be promoted
     */
    public Optional<String> problem(Collection<Compared> all, long nanosPerWindow) {
        long compared = sum(all, Compared::windows);
        if (compared < windows) {
            return Optional.of(compared + " of " + windows + " windows compared");
        }
        double wanted = error(all, compared, Compared::inForce);
        double error = error(all, compared, Compared::shadow);
        if (!(error <= wanted * (1 + errorWorseBy))) {
            return Optional.of(apart("worse", error, wanted) + percent(errorWorseBy));
        }
        if (error < wanted * (1 - errorBetterBy)) {
            return Optional.of(apart("lower", error, wanted) + percent(errorBetterBy)
                    + ", for a model that cleans nothing has none; if it is right, limpid model promote");
        }
        long mayFail = sum(all, each -> each.inForce().failed());
        long failed = sum(all, each -> each.shadow().failed());
        if (failed > mayFail) {
            return Optional.of("it failed on " + failed + " windows, the model in force on " + mayFail);
        }
        long mayAlert = sum(all, each -> each.inForce().alerts());
        long alerts = sum(all, each -> each.shadow().alerts());
        if (alerts > mayAlert * (1 + alertsMoreBy)) {
            return Optional.of("it raised " + alerts + " alerts, the model in force " + mayAlert
                    + ", wanted more by at most " + percent(alertsMoreBy));
        }
        long slowest = 0;
        for (Compared each : all) {
            slowest = Math.max(slowest, each.shadow().nanosPerWindow());
        }
        return slowest > nanosPerWindow
                ? Optional.of(
                        "it takes " + slowest / 1_000 + " us per window, wanted at most " + nanosPerWindow / 1_000)
                : Optional.empty();
    }

    private static double error(Collection<Compared> all, long windows, Function<Compared, Compared.Figures> whose) {
        double sum = 0;
        for (Compared each : all) {
            sum += each.windows() * whose.apply(each).error();
        }
        return windows == 0 ? 0 : sum / windows;
    }

    private static long sum(Collection<Compared> all, ToLongFunction<Compared> figure) {
        long sum = 0;
        for (Compared each : all) {
            sum += figure.applyAsLong(each);
        }
        return sum;
    }

    private static String apart(String how, double error, double wanted) {
        String share = wanted > 0 ? percent(Math.abs(error / wanted - 1)) : "without bound";
        return String.format(
                Locale.ROOT, "its error of %.4g is %s by %s than %.4g, wanted at most ", error, how, share, wanted);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%s %%", Math.round(share * 1_000) / 10.0);
    }
}
