package dev.limpid.definition;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a pipeline definition: YAML, with the environment over it and the defaults under it. All problems are found before any
 * is reported.
 */
public final class DefinitionLoader {
    private static final long MAX_BYTES = 1 << 20;

    private DefinitionLoader() {}

    /**
     * Reads the definition in {@code file}.
     *
     * @param variables environment variables, usually {@link System#getenv()}
     * @throws DefinitionException listing every problem
     */
    public static Definition load(Path file, Map<String, String> variables) {
        String source = file.toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DefinitionException(
                        source, List.of("is " + Files.size(file) + " bytes long, at most " + MAX_BYTES));
            }
            return parse(source, Files.readString(file), variables);
        } catch (NoSuchFileException e) {
            throw new DefinitionException(source, List.of("there is no such file"));
        } catch (CharacterCodingException e) {
            throw new DefinitionException(source, List.of("is no UTF-8 text"));
        } catch (IOException e) {
            throw new DefinitionException(source, List.of("cannot be read: " + e));
        }
    }

    /**
     * Reads the definition in {@code text}.
     *
     * @param source its name, for the message
     * @throws DefinitionException listing every problem
     */
    public static Definition parse(String source, String text, Map<String, String> variables) {
        List<String> problems = new ArrayList<>();
        Object tree = YamlTree.parse(text, problems);
        if (problems.isEmpty() && !(tree instanceof Map<?, ?>)) {
            problems.add(
                    tree == null
                            ? "holds nothing"
                            : "holds " + Section.shown(tree) + ", wanted keys such as 'pipeline: ecg'");
        }
        if (!(tree instanceof Map<?, ?> root)) {
            throw new DefinitionException(source, problems);
        }
        Definition definition = new DefinitionReader(problems).read(Environment.over(root, variables, problems));
        if (!problems.isEmpty()) {
            throw new DefinitionException(source, problems);
        }
        return definition;
    }

    /**
     * Where the model file of a definition is: {@code bundled} if absolute, else relative to the working directory, the
     * definition's folder, or the folder above it, whichever first has it; relative to the working directory if none has.
     */
    public static Path modelFile(Path definitionFile, Definition definition) {
        return beside(definitionFile, definition.model().bundled());
    }

    /** Where a file is that a definition names: as {@link #modelFile} looks for it. */
    public static Path beside(Path definitionFile, String name) {
        Path named = Path.of(name);
        Path folder = definitionFile.toAbsolutePath().normalize().getParent();
        List<Path> places = new ArrayList<>(List.of(named));
        if (folder != null) {
            places.add(folder.resolve(named));
            places.add(folder.resolveSibling(named));
        }
        return places.stream().filter(Files::isRegularFile).findFirst().orElse(named);
    }
}
