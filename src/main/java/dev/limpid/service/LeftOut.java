package dev.limpid.service;

import dev.limpid.kafka.AlertsTopic;
import dev.limpid.signal.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * What of a topic is neither trained on nor judged by: what raised alerts, by partition and series, and what the user marked, by series or for
 * all. Does not change once it is made.
 */
public final class LeftOut {
    /** Nothing is left out. */
    public static final LeftOut NONE = new LeftOut(List.of(), List.of());

    private final Map<Place, Spans> alerts = new HashMap<>();
    private final Map<SeriesKey, Spans> marked = new HashMap<>();
    private final Spans always = new Spans();

    /**
     * What a user marks.
     *
     * @param series its name; empty: all
     * @param startMs since the epoch
     * @param endMs inclusive
     */
    public record Mark(String series, long startMs, long endMs) {}

    private record Place(int partition, SeriesKey series) {}

    LeftOut(List<AlertsTopic.Stretch> alerts, List<Mark> marks) {
        for (AlertsTopic.Stretch alert : alerts) {
            this.alerts
                    .computeIfAbsent(new Place(alert.partition(), alert.series()), any -> new Spans())
                    .add(alert.startMs(), alert.endMs());
        }
        for (Mark mark : marks) {
            Spans of = mark.series().isEmpty()
                    ? always
                    : marked.computeIfAbsent(SeriesKey.of(mark.series()), any -> new Spans());
            of.add(mark.startMs(), mark.endMs());
        }
    }

    /** Whether what has that time is left out of a series of that partition. */
    LongPredicate of(int partition, SeriesKey series) {
        List<Spans> concerned = Stream.of(always, marked.get(series), alerts.get(new Place(partition, series)))
                .filter(spans -> spans != null && !spans.ends.isEmpty())
                .toList();
        return timeMs -> {
            for (Spans spans : concerned) {
                if (spans.hold(timeMs)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Stretches of time, none of which touch: end by start. */
    private static final class Spans {
        private final TreeMap<Long, Long> ends = new TreeMap<>();

        void add(long start, long end) {
            long from = start;
            long to = end;
            for (Map.Entry<Long, Long> each = ends.floorEntry(to);
                    each != null && each.getValue() >= from;
                    each = ends.floorEntry(to)) {
                from = Math.min(from, each.getKey());
                to = Math.max(to, each.getValue());
                ends.remove(each.getKey());
            }
            ends.put(from, to);
        }

        boolean hold(long time) {
            Map.Entry<Long, Long> before = ends.floorEntry(time);
            return before != null && time <= before.getValue();
        }
    }
}
