package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.limpid.Golden;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TopicKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the model topics, byte for byte, and whose signature counts. */
final class AnnouncementsTest {
    @TempDir
    Path folder;

    /** A key that is the same in every run: RFC 8032, test 1. */
    private SigningKey fixedKey() throws Exception {
        return SigningKey.read(Path.of("src/test/resources/golden/formats/signing-key.in.pem"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8) + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TrustedKeys trusting(PublicKey... keys) {
        List<String> problems = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (PublicKey key : keys) {
            texts.add(TrustedKeys.text(key));
        }
        TrustedKeys trusted = TrustedKeys.of(texts, problems);
        assertThat(problems).isEmpty();
        return trusted;
    }

    @Test
    void manifest_pointer_and_status_are_the_agreed_json_and_come_back_the_same() throws Exception {
        Manifest manifest = ManifestLayout.sign(Announced.manifest(), fixedKey());
        Pointer pointer = PointerLayout.sign(Announced.pointer(), fixedKey());

        Golden.verify("formats/manifest.out.json", text(ManifestLayout.encode(manifest)));
        Golden.verify("formats/pointer.out.json", text(PointerLayout.encode(pointer)));
        Golden.verify("formats/model-status.out.json", text(StatusLayout.encode(Announced.status())));

        assertThat(ManifestLayout.decode(ManifestLayout.encode(manifest))).isEqualTo(manifest);
        assertThat(PointerLayout.decode(PointerLayout.encode(pointer))).isEqualTo(pointer);
        assertThat(StatusLayout.decode(StatusLayout.encode(Announced.status()))).isEqualTo(Announced.status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"format\":1 ; \"format\":2 ; this Limpid reads 1 to 1; use a newer Limpid",
                "\"format\":1 ; \"format\":1,\"format\":1 ; Duplicate field 'format'",
                "\"format\":1 ; \"format\":1,\"extra\":1 ; unknown members [extra]",
                "\"chunks\":3 ; \"chunks\":4 ; chunks: got '4', wanted 3 of 524288 bytes",
                "\"chunks\":3 ; \"chunks\":\"3\" ; chunks is \"3\", wanted a whole number",
                "\"chunks\":3, ; '' ; chunks is missing",
                "1200000 ; 2147483648 ; sizeBytes: got '2147483648', wanted 1 to 536870912",
                "1200000 ; 1e400 ; sizeBytes is",
                "\"name\":\"ecg\" ; \"name\":\"../ecg\" ; name: got '../ecg'",
                "\"name\":\"ecg\" ; \"name\":null ; name is null, wanted text",
                "0123456789abcdef ; 0123456789ABCDEF ; sha256: got",
            })
    void a_manifest_that_is_not_exactly_one_is_refused_with_what_was_wanted(String from, String to, String reason) {
        String good = text(ManifestLayout.encode(Announced.manifest()));
        assertThat(good).contains(from);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestLayout.decode(bytes(good.replaceFirst(from, to))))
                .withMessageContaining(reason);
    }

    @Test
    void the_status_of_a_shadow_is_the_agreed_json_under_a_key_of_its_own_and_comes_back_the_same() {
        ShadowStatus status = Announced.shadow();
        Golden.verify("formats/shadow-status.out.json", text(ShadowStatusLayout.encode(status)));
        assertThat(ShadowStatusLayout.decode(ShadowStatusLayout.encode(status))).isEqualTo(status);
        assertThat(status.key()).isEqualTo("ward/host-1/ecg/shadow");
        assertThat(ShadowStatusLayout.isKey(status.key())).isTrue();
        assertThat(ShadowStatusLayout.isKey(Announced.status().key())).isFalse();
        assertThat(ShadowStatusLayout.isKey("ward/host-1/shadow")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NaN})
    void an_error_that_is_not_finite_is_absent(double error) {
        // When
        byte[] bytes = ShadowStatusLayout.encode(Announced.shadow(error));

        // Then
        assertThat(text(bytes)).contains("\"ofShadow\":{\"scores\"");
        assertThat(ShadowStatusLayout.decode(bytes)).isEqualTo(Announced.shadow(Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"format\":1 ; \"format\":2 ; this Limpid reads 1 to 1",
                "\"running\":true ; \"running\":1 ; running is 1, wanted true or false",
                "\"error\":0.9125 ; \"error\":1e999 ; error is",
                "\"error\":0.8125 ; \"error\":null ; shadow status ofShadow: error is null, wanted a number",
                "3.0] ; 3.0,4.0] ; 8 scores, wanted none or 7",
                "0.4 ; \"a\" ; wanted an array of numbers",
                "\"failed\":0 ; \"failed\":0,\"more\":1 ; ofInForce has unknown members [more]",
                "\"note\" ; \"notes\" ; note is missing",
            })
    void what_is_not_exactly_the_status_of_a_shadow_is_refused(String from, String to, String reason) {
        String good = text(ShadowStatusLayout.encode(Announced.shadow()));
        assertThat(good).contains(from);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShadowStatusLayout.decode(bytes(good.replace(from, to))))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{}", "null", "{\"format\":1}", "{\"format\":1} x", "\u0000"})
    void what_is_no_pointer_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PointerLayout.decode(bytes(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecg", "ecg/8", "ecg/8/0", "a.b_c-1/2026-11-22/65535"})
    void a_key_of_the_models_topic_comes_back_as_it_was(String text) {
        assertThat(TopicKey.parse(text)).map(TopicKey::toString).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "ecg/",
                "ecg//0",
                "ecg/8/",
                "ecg/8/00",
                "ecg/8/65536",
                "ecg/8/-1",
                "ecg/8/1/2",
                "../x",
                ".hidden",
                "é",
                "a b",
                "ecg/8/٣"
            })
    void what_is_no_key_of_the_models_topic_is_known_as_such(String text) {
        assertThat(TopicKey.parse(text)).isEmpty();
    }

    @Test
    void a_signature_counts_for_its_content_and_key_only() throws Exception {
        // Given
        SigningKey key = SigningKey.generate();
        SigningKey other = SigningKey.generate();
        Manifest manifest = ManifestLayout.sign(Announced.manifest(), key);
        Pointer pointer = PointerLayout.sign(Announced.pointer(), key);
        TrustedKeys trusted = trusting(other.publicKey(), key.publicKey());

        // Then
        assertThat(trusted.problem(manifest)).isEmpty();
        assertThat(trusted.problem(pointer)).isEmpty();
        assertThat(TrustedKeys.NONE.problem(Announced.manifest())).isEmpty();
        assertThat(trusted.problem(Announced.manifest())).get().asString().contains("it is not signed");
        assertThat(trusting(other.publicKey()).problem(manifest))
                .get()
                .asString()
                .contains("signed by key " + key.keyId());
        Manifest altered = new Manifest(
                "ecg",
                "9",
                manifest.sha256(),
                manifest.sizeBytes(),
                3,
                524_288,
                Optional.empty(),
                manifest.publishedMs(),
                new TreeMap<>(manifest.provenance()),
                manifest.signature());
        assertThat(trusted.problem(altered)).get().asString().contains("does not fit its content");
        assertThat(trusted.problem(pointer.signed(manifest.signature())))
                .get()
                .asString()
                .contains("does not fit");
    }

    @Test
    void a_key_file_is_private_and_gives_the_same_key_again() throws Exception {
        // Given
        Path file = folder.resolve("key");
        SigningKey key = SigningKey.generate();

        // When
        key.write(file);

        // Then
        SigningKey again = SigningKey.read(file);
        assertThat(again.keyId()).isEqualTo(key.keyId());
        assertThat(trusting(key.publicKey()).problem(PointerLayout.sign(Announced.pointer(), again)))
                .isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.read(Files.writeString(folder.resolve("x"), "nothing")))
                .withMessageContaining("limpid model keygen");
    }

    @Test
    void keys_are_read_from_the_definition_from_files_and_from_what_openssl_writes() throws Exception {
        // Given
        Path file = Files.writeString(
                folder.resolve("key.pub"), TrustedKeys.text(fixedKey().publicKey()) + "\n");
        Path pem = Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n");
        List<String> problems = new ArrayList<>();

        // When
        TrustedKeys trusted = TrustedKeys.of(List.of(file.toString(), pem.toString()), problems);
        TrustedKeys.of(List.of("ed25519:AAAA", folder.resolve("none").toString()), problems);

        // Then
        assertThat(problems).hasSize(2);
        assertThat(trusted.problem(PointerLayout.sign(Announced.pointer(), fixedKey())))
                .isEmpty();
    }
}
