package dev.limpid.eval;

import java.util.ArrayList;
import java.util.List;

/** What is to be said about a model: figures beside the filters', spectra, and what is wrong. */
public record Assessment(Evidence evidence, Comparison comparison, Spectra spectra, List<Finding> findings) {
    public Assessment {
        findings = List.copyOf(findings);
    }

    public static Assessment of(Evidence evidence, Comparison comparison) {
        Spectra spectra = Spectra.of(evidence.cases());
        return new Assessment(evidence, comparison, spectra, Diagnosis.of(evidence, spectra));
    }

    /** The same, and more that is wrong. */
    public Assessment with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Assessment(evidence, comparison, spectra, all);
    }

    /** What is wrong, a line each; one that says so if nothing is. */
    public List<String> diagnosis() {
        return findings.isEmpty()
                ? List.of("nothing that these data show")
                : findings.stream().map(Finding::text).toList();
    }
}
