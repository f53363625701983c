package dev.limpid.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Where files are found that are announced by reference: a port, one for each scheme of URI. */
public interface ReferenceSource {
    /** The file's bytes; the caller closes them, reads no more than the manifest says, and checks the digest. */
    InputStream open(URI uri) throws IOException;
}
