package dev.limpid.demo;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** What stands in the variable places of log lines and of their headers. */
final class LogValues {
    private static final List<String> NAMES =
            List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "mallory");
    private static final List<String> TABLES = List.of("orders", "customers", "invoices", "parts", "audit");
    private static final List<String> JOBS = List.of("cleanup", "report", "rebalance", "snapshot");
    private static final List<String> KEYS = List.of("pool.size", "linger.ms", "batch.bytes", "retry.max");
    private static final List<String> WORDS = List.of("amber", "birch", "cedar", "delta", "ember", "fjord", "grove");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    private LogValues() {}

    static String of(String kind, RandomGenerator random) {
        return switch (kind) {
            case "parcel" -> "prc_" + (random.nextBoolean() ? "-" : "") + random.nextLong(1_000_000_000_000L);
            case "int" -> String.valueOf(random.nextInt(100_000));
            case "digit" -> String.valueOf(random.nextInt(10));
            case "float" -> random.nextInt(1000) + "." + random.nextInt(10);
            case "ip" -> ip(random);
            case "address" -> "/" + ip(random) + ":" + random.nextInt(1024, 65_536);
            case "status" -> String.valueOf(List.of(200, 204, 304, 404, 500).get(random.nextInt(5)));
            case "hex" -> "0x" + Long.toHexString(random.nextLong());
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "task" -> random.nextInt(100) + "." + random.nextInt(4);
            case "host" -> "node" + random.nextInt(64) + ".example.org";
            case "node" -> digits("B%02d-K%d-S%d-D:P%02d-Q%02d", random, 64, 2, 10, 18, 12);
            case "path" -> "/data/" + random.nextInt(16) + "/part-" + random.nextInt(100_000);
            case "name" -> one(NAMES, random);
            case "word" -> one(WORDS, random);
            case "region", "table" -> one(TABLES, random);
            case "job" -> one(JOBS, random);
            case "key" -> one(KEYS, random);
            default -> time(kind, random);
        };
    }

    private static String time(String kind, RandomGenerator random) {
        return switch (kind) {
            case "clock" -> digits("%02d:%02d:%02d", random, 24, 60, 60);
            case "clock6" -> digits("%02d%02d%02d", random, 24, 60, 60);
            case "ms" -> digits("%03d", random, 1000);
            case "us" -> digits("%06d", random, 1_000_000);
            case "date" -> digits("2026-%02d-%02d", random, 9, 28);
            case "date2" -> digits("17/%02d/%02d", random, 9, 28);
            case "slashed-date" -> digits("2026/%02d/%02d", random, 9, 28);
            case "date6" -> digits("08%02d%02d", random, 9, 28);
            case "date8" -> digits("2026%02d%02d", random, 9, 28);
            case "month-day" -> digits("%02d-%02d", random, 9, 28);
            case "epoch" -> digits("11%08d", random, 100_000_000);
            case "dotted-date" -> digits("2026.%02d.%02d", random, 9, 28);
            case "dotted-time" -> digits("2026-%02d-%02d-%02d.%02d.%02d.%06d", random, 9, 28, 24, 60, 60, 1_000_000);
            case "month" -> one(MONTHS, random);
            case "day" -> digits("%2d", random, 28);
            case "day-name" -> one(DAYS, random);
            case "year" -> "2026";
            default -> throw new IllegalArgumentException("no value of kind " + kind);
        };
    }

    /** Numbers below the bounds. */
    private static String digits(String format, RandomGenerator random, Integer... bounds) {
        Object[] numbers = new Object[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            numbers[i] = random.nextInt(bounds[i]);
        }
        return String.format(Locale.ROOT, format, numbers);
    }

    private static String one(List<String> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String ip(RandomGenerator random) {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }
}
