package dev.limpid.definition;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The keys of a definition's {@code models.references} block: schemes of URIs, and where their files are found. */
final class ReferenceKeys {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
    private static final Set<String> BUILT_IN = Set.of("file", "http", "https");

    private ReferenceKeys() {}

    /** Base URLs by scheme, each ending in a slash. */
    static Map<String, String> read(Section section) {
        Map<String, String> bases = new TreeMap<>();
        for (String scheme : section.keys()) {
            String base = section.text(scheme).orElse("");
            if (!SCHEME.matcher(scheme).matches() || BUILT_IN.contains(scheme)) {
                section.problem(scheme, "wanted a scheme in lower case such as s3, and none of file, http, https");
            } else if (!isBase(base)) {
                section.problem(
                        scheme,
                        "wanted an http:, https: or file: URL without user, query and fragment, such as"
                                + " http://127.0.0.1:9000/");
            } else {
                bases.put(scheme, base.endsWith("/") ? base : base + "/");
            }
        }
        return bases;
    }

    private static boolean isBase(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme());
            boolean placed = scheme.equals("file") ? uri.getHost() == null : uri.getHost() != null;
            return BUILT_IN.contains(scheme)
                    && placed
                    && !uri.isOpaque()
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
