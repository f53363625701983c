package dev.limpid.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds files by URI: {@code file}, {@code http} and {@code https}, and whatever schemes the caller adds. */
final class References {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Map<String, ReferenceSource> sources = new TreeMap<>();

    /** @param more by scheme, in lower case */
    References(Map<String, ReferenceSource> more) {
        sources.put("file", uri -> Files.newInputStream(Path.of(uri)));
        sources.put("http", References::get);
        sources.put("https", References::get);
        sources.putAll(more);
    }

    /**
     * Sources that find {@code scheme://bucket/key} at {@code base/bucket/key}, as stores with path-style addresses have it.
     *
     * @param bases URLs that end in a slash, by scheme
     */
    static Map<String, ReferenceSource> under(Map<String, String> bases) {
        References plain = new References(Map.of());
        Map<String, ReferenceSource> sources = new TreeMap<>();
        bases.forEach((scheme, base) -> sources.put(
                scheme, uri -> plain.open(base + uri.getRawSchemeSpecificPart().replaceFirst("^/+", ""))));
        return sources;
    }

    InputStream open(String reference) throws IOException {
        try {
            URI uri = URI.create(reference);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            ReferenceSource source = sources.get(scheme);
            if (source == null) {
                throw new IOException(
                        "nothing here opens '" + scheme + ":', wanted one of " + new TreeSet<>(sources.keySet()));
            }
            return source.open(uri);
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + reference + "' is no URI: " + e.getMessage(), e);
        }
    }

    private static InputStream get(URI uri) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException(uri + " answers " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + uri, e);
        }
    }
}
