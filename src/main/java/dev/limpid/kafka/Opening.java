package dev.limpid.kafka;

import dev.limpid.model.Manifest;
import dev.limpid.onnx.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Gets the model of a manifest from the topic and has it admitted for a follower. */
interface Opening {
    /** The model, under its announced name and version; the caller owns it. */
    ModelFile open(Follower follower, Manifest manifest, Catalogue.Version version) throws Refused, IOException;

    /**
     * The model of a version, all checks made.
     *
     * @throws Refused for whatever reason it cannot be had
     */
    default ModelFile open(Follower follower, Catalogue.Version announced) throws Refused {
        Manifest manifest = announced.manifest().orElseThrow(() -> new Refused("manifest", announced.problem(), true));
        Optional<String> untrusted = follower.trusted().problem(manifest);
        if (untrusted.isPresent()) {
            throw new Refused("signature", untrusted.get(), false);
        }
        try {
            return open(follower, manifest, announced);
        } catch (IOException | UncheckedIOException e) {
            throw new Refused("disk", "it cannot be kept on this host: " + e + "; make room", true);
        }
    }

    /** How messages call a version. */
    static String label(Follower follower, String version, Catalogue.Version announced) {
        return announced.manifest().map(each -> each.id().toString()).orElse(follower.name() + ":" + version);
    }
}
