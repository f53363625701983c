package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.eval.LearningCurve;
import dev.limpid.eval.report.TokenReport;
import dev.limpid.model.Vocabulary;
import dev.limpid.service.TokenSubject;
import dev.limpid.train.Checkpoints;
import dev.limpid.train.TokenBlock;
import dev.limpid.train.TokenCard;
import dev.limpid.train.TokenCost;
import dev.limpid.train.TokenSpec;
import dev.limpid.train.TokenTrainer;
import dev.limpid.train.TrainedTokens;
import dev.limpid.train.TrainingRefused;
import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.TokenCounts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * {@code limpid train} for a pipeline of tokens: from sessions, of files or of the topic, to a checked ONNX file with its card.
 *
 * @param first what the vocabulary begins with
 * @param name of the model
 * @param seed instead of the block's
 * @param steps instead of the block's
 * @param checkpoints where the state is kept meanwhile
 * @param sources lines for the card
 * @param command that was typed
 */
record TokenTraining(
        Definition definition,
        Vocabulary first,
        String name,
        String version,
        Optional<Long> seed,
        Optional<Integer> steps,
        Optional<Checkpoints> checkpoints,
        List<String> sources,
        String command) {
    /** Options of {@code limpid train} that are for signals or frames. */
    private static final List<String> OTHERS = List.of(
            "--network",
            "--widths",
            "--minutes",
            "--noise",
            "--noise-topic",
            "--noisy",
            "--paired",
            "--exclude-alerts",
            "--sweep",
            "--sweep-steps",
            "--strengths");

    /** @throws TrainingRefused if options were given that have no meaning for tokens */
    static void refuse(ParseResult given, int checkpointEvery) throws TrainingRefused {
        List<String> problems = new ArrayList<>();
        List<String> others = OTHERS.stream().filter(given::hasMatchedOption).toList();
        if (!others.isEmpty()) {
            problems.add(String.join(", ", others)
                    + ": not for kind tokens; set the 'train' block, and give --clean or --from-topic, and --steps");
        }
        if (checkpointEvery < 1) {
            problems.add("--checkpoint-every is " + checkpointEvery + ", needs at least 1");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train", problems);
        }
    }

    /** Where sessions come from. */
    interface Source {
        /**
         * The sessions, in the order of time.
         *
         * @param problems what is wrong is added to it; if anything is, what is given has no meaning, and no broker is asked
         */
        Sessions sessions(Definition definition, Vocabulary first, long seed, List<String> problems) throws IOException;
    }

    /** Sessions of files, one a line, or raw lines of a log. */
    record OfFiles(List<Path> files) implements Source {
        @Override
        public Sessions sessions(Definition definition, Vocabulary first, long seed, List<String> problems)
                throws IOException {
            files.stream()
                    .filter(file -> !Files.isReadable(file))
                    .forEach(file -> problems.add(file + " cannot be read"));
            List<Path> readable = files.stream().filter(Files::isReadable).toList();
            List<SessionFile> sessions = new ArrayList<>();
            if (definition.input().format() == Definition.Format.DRAIN) {
                sessions.addAll(LogSessions.read(definition, readable, first, problems));
            } else {
                for (Path file : readable) {
                    SessionFile read = SessionFile.read(file, problems);
                    if (json(read)) {
                        problems.add(file
                                + " holds records in JSON, wanted a session a line, tokens with spaces between them");
                    }
                    sessions.add(read);
                }
            }
            if (files.isEmpty()) {
                problems.add("no sessions given: --clean FILE, one session a line, or --from-topic");
            }
            TokenCounts counts = new TokenCounts();
            sessions.forEach(file -> file.sessions().forEach(counts::add));
            Vocabulary vocabulary = counts.vocabulary(first, Vocabulary.MAX_TOKENS);
            if (problems.isEmpty()) {
                problems.addAll(definition.problems(vocabulary));
            }
            return Sessions.of(sessions, vocabulary);
        }

        /** As {@code limpid denoise} takes them, by which they are easily mistaken. */
        private static boolean json(SessionFile file) {
            return !file.sessions().isEmpty()
                    && file.sessions().stream()
                            .allMatch(session -> session.get(0).startsWith("{")
                                    && session.get(session.size() - 1).endsWith("}"));
        }
    }

    /** Trains, writes model, card and report, and gives what is to be printed. */
    Map<String, @Nullable Object> run(Source source, Path out, Optional<Path> report, PrintWriter err)
            throws IOException, TrainingRefused {
        TokenBlock.Read read = TokenSubject.block(definition, name, version);
        List<String> problems = new ArrayList<>(read.problems());
        TokenSpec spec = overridden(read.spec());
        Sessions sessions = source.sessions(definition, first, spec.seed(), problems);
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train", problems);
        }
        return train(sessions, spec, out, report, err);
    }

    private TokenSpec overridden(TokenSpec spec) {
        TokenSpec seeded = seed.map(spec::withSeed).orElse(spec);
        return steps.map(count -> seeded.with(seeded.schedule().withSteps(count)))
                .orElse(seeded);
    }

    private Map<String, @Nullable Object> train(
            Sessions sessions, TokenSpec spec, Path out, Optional<Path> report, PrintWriter err)
            throws IOException, TrainingRefused {
        TokenCost cost = TokenCost.of(sessions, spec);
        err.println(spec.network().form() + ": " + cost.phrase());
        List<LearningCurve.Look> looks = new ArrayList<>();
        TrainedTokens model;
        try (TrainingBar bar = new TrainingBar(err, "%.3f restored")) {
            model = TokenTrainer.train(
                    sessions,
                    spec,
                    at -> {
                        bar.progress(at);
                        boolean again =
                                looks.isEmpty() || looks.get(looks.size() - 1).heldOutLoss() != at.heldOutLoss();
                        if (Double.isFinite(at.heldOutLoss())
                                && again
                                && at.step() <= spec.schedule().steps()) {
                            looks.add(new LearningCurve.Look(at.step(), at.loss(), at.heldOutLoss(), at.gainDb()));
                        }
                    },
                    checkpoints);
        }
        model.bytes().write(out);
        new TokenCard(spec, model, cost, command, sources).write(out);
        if (report.isPresent()) {
            page(
                            spec,
                            model,
                            new LearningCurve(
                                    spec.loss(),
                                    looks,
                                    model.bestStep(),
                                    sessions.tokens(),
                                    spec.length(),
                                    model.parameters()))
                    .write(report.get());
        }
        if (checkpoints.isPresent()) {
            Files.deleteIfExists(checkpoints.get().file());
        }
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("model", out.toString());
        figures.put("bytes", model.bytes().size());
        figures.put("parameters", cost.parameters());
        figures.put("multiplyAddsPerWindow", cost.multiplyAdds());
        figures.putAll(model.metadata().metrics());
        return figures;
    }

    private static TokenReport page(TokenSpec spec, TrainedTokens model, LearningCurve curve) {
        List<List<String>> checks = new ArrayList<>();
        checks.add(List.of("check", "threshold"));
        for (Check check : Check.values()) {
            checks.add(List.of(
                    TokenCard.words(check),
                    String.format(Locale.ROOT, "%.4g", model.thresholds().of(check))));
        }
        return new TokenReport(
                spec.name() + ":" + spec.version(),
                curve,
                model.scores(),
                checks,
                model.examples().stream()
                        .map(example -> new TokenReport.Example(
                                String.join(" ", example.clean()),
                                String.join(" ", example.spoilt()),
                                String.join(" ", example.cleaned())))
                        .toList(),
                Provenance.of(model.metadata()));
    }
}
