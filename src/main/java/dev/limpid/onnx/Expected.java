package dev.limpid.onnx;

import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline needs of its model.
 *
 * @param pipeline the pipeline's name, for messages
 * @param channels number of channels
 * @param names the channels' names, in order; empty: any
 * @param length {@code window.length}
 * @param maxWindows windows per batch
 * @param kind what it is to clean
 * @param vocabulary the tokens whose ids are in use: its own vocabulary must begin with them; empty: any
 * @param embedding whether it must give a latent vector
 */
public record Expected(
        String pipeline,
        int channels,
        List<String> names,
        int length,
        int maxWindows,
        Kind kind,
        Vocabulary vocabulary,
        boolean embedding) {
    public Expected {
        names = List.copyOf(names);
    }

    /** Of signals, of any names. */
    public Expected(String pipeline, int channels, int length, int maxWindows) {
        this(pipeline, channels, length, maxWindows, Kind.SIGNAL);
    }

    /** Of any names and vocabulary. */
    public Expected(String pipeline, int channels, int length, int maxWindows, Kind kind) {
        this(pipeline, channels, List.of(), length, maxWindows, kind, Vocabulary.EMPTY, false);
    }

    /** Of signals of those names. A single channel may be called anything: there is none to mistake it for. */
    public static Expected of(String pipeline, List<String> names, int length, int maxWindows) {
        return of(pipeline, names, length, maxWindows, Kind.SIGNAL);
    }

    /** Of those names and any vocabulary. */
    public static Expected of(String pipeline, List<String> names, int length, int maxWindows, Kind kind) {
        return new Expected(
                pipeline,
                names.size(),
                names.size() > 1 ? names : List.of(),
                length,
                maxWindows,
                kind,
                Vocabulary.EMPTY,
                false);
    }

    /** The same of a model whose vocabulary begins with that one. */
    public Expected with(Vocabulary inUse) {
        return new Expected(pipeline, channels, names, length, maxWindows, kind, inUse, embedding);
    }

    /** The same of a model that gives a latent vector, if that is wanted. */
    public Expected withEmbedding(boolean wanted) {
        return new Expected(pipeline, channels, names, length, maxWindows, kind, vocabulary, wanted);
    }

    /** Why a model of that vocabulary does not fit; empty if it does. */
    public Optional<String> problem(Vocabulary other) {
        return other.begins(vocabulary)
                ? Optional.empty()
                : Optional.of(
                        "its vocabulary of " + other + " does not begin with the " + vocabulary + " that pipeline '"
                                + pipeline
                                + "' runs with; retrain it from the vocabulary of the model in force, or restart the pipeline with it");
    }
}
