package dev.limpid.onnx;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Decides whether a model file may be used here, and opens it. The checks of {@link AdmissionCheck} from {@code FILE} on, in
 * their order: the bytes are walked through by our own reader; a process of its own loads the model and runs it; only then it is
 * loaded here, and rehearsed again. Safe for use by several threads; not to be called from a stream thread, for it takes a second.
 */
public final class Admission {
    /** Several pipelines may ask about the same model at once: whoever waits finds the verdict of the one before. */
    private static final Object TRIAL = new Object();

    private final AdmissionLimits limits;
    private final Optional<VerdictCache> cache;

    public Admission(AdmissionLimits limits) {
        this.limits = limits;
        this.cache = Optional.ofNullable(limits.cache()).map(folder -> new VerdictCache(folder, HostKind.text()));
    }

    /**
     * The admission of this host: standard limits, verdicts kept in {@code $LIMPID_CACHE}, {@code $XDG_CACHE_HOME/limpid} or
     * {@code ~/.cache/limpid}.
     */
    public static Admission ofThisHost() {
        return new Admission(AdmissionLimits.standard().cache(CacheFolder.verdicts(System.getenv())));
    }

    /**
     * Checks a model file thoroughly and opens it.
     *
     * @return the model, warm; the caller closes its denoiser
     * @throws ModelRefused with everything that is wrong with it
     */
    public ModelFile admit(Path file, Provider provider, Expected expected) throws ModelRefused {
        return admit(file, provider, metadata -> expected, (check, how) -> {});
    }

    /**
     * The same, telling of each check that was passed.
     *
     * @param expected what is needed of the model, given what it says about itself
     * @param passed gets the check and, for people, how it went
     */
    public ModelFile admit(
            Path file,
            Provider provider,
            Function<ModelMetadata, Expected> expected,
            BiConsumer<AdmissionCheck, String> passed)
            throws ModelRefused {
        String subject = String.valueOf(file.getFileName());
        try (PrivateCopy copy = PrivateCopy.of(file, subject)) {
            passed.accept(AdmissionCheck.FILE, copy.size() + " bytes, sha-256 " + copy.sha256());
            ModelOutline outline = Candidate.outline(copy.file(), subject);
            passed.accept(AdmissionCheck.GRAPH, outline.nodes() + " nodes, " + outline.parameters() + " parameters");
            ModelMetadata metadata = Candidate.metadata(outline.properties(), subject);
            Candidate candidate = new Candidate(copy.file(), copy.sha256(), outline, metadata);
            passed.accept(AdmissionCheck.METADATA, candidate.name());
            Candidate.Fitting fitting = candidate.fitting(expected.apply(metadata));
            passed.accept(AdmissionCheck.SHAPE, Graph.text(fitting.expected()));
            passed.accept(AdmissionCheck.CHILD, trial(copy, fitting));
            ModelFile model = fitting.open(provider, limits.maxNanosPerWindow());
            passed.accept(AdmissionCheck.LOAD, "on " + model.provider().label());
            passed.accept(AdmissionCheck.GOLDEN, metadata.golden().size() + " windows");
            passed.accept(AdmissionCheck.BATCH, "1 to " + fitting.expected().maxWindows() + " windows");
            passed.accept(AdmissionCheck.LATENCY, model.nanosPerWindow() / 1_000 + " µs per window");
            return model;
        }
    }

    /** How it went. */
    private String trial(PrivateCopy copy, Candidate.Fitting fitting) throws ModelRefused {
        synchronized (TRIAL) {
            return trialNow(copy, fitting);
        }
    }

    private String trialNow(PrivateCopy copy, Candidate.Fitting fitting) throws ModelRefused {
        Expected expected = fitting.expected();
        Optional<Verdict> known = cache.flatMap(verdicts -> verdicts.find(copy.sha256(), expected));
        if (known.isPresent()) {
            known.get().enforce(fitting.candidate().name());
            return "as known from an earlier time";
        }
        long start = System.nanoTime();
        Verdict verdict = new ChildProcess(limits).judge(copy, expected);
        cache.ifPresent(verdicts -> verdicts.keep(copy.sha256(), expected, verdict));
        verdict.enforce(fitting.candidate().name());
        return (System.nanoTime() - start) / 1_000_000 + " ms";
    }
}
