package dev.limpid.codec;

/**
 * Finds out where the content of a log line begins, behind what the logger put before it: time, level, host, process, thread, name of the
 * class. It knows them by how they look, not by the system: a clock, a word such as {@code WARN}, brackets, a lone dash, a name with a colon. A
 * line that begins with neither a time nor a level has no header. Before either, brackets and punctuation may stand; before a time, also the name
 * of a day or a month and what holds a digit, which is variable in a template anyway. Stateless but for one line.
 *
 * <p>An example: {@code Mar 19 10:11:12 gate keeper[4711]: door 7 is open} has its content at {@code door 7 is open}.
 */
final class LogHeader {
    private static final int MOST_FIELDS = 24;

    private final LogFields fields;
    /** What is header for certain ends here. */
    private int mark;
    /** A time or a level was there. */
    private boolean known;

    private boolean levelled;
    /** Something of a header, and no time, was there behind the time. */
    private boolean more;
    /** As BlueGene/L and Thunderbird write it: a label, seconds, a date with dots. */
    private boolean labelled;
    /** Fields that hold a digit or name a day or month, since the last time. */
    private int numbers;
    /** A host may follow the time: it is as syslog writes it. */
    private boolean hosted;
    /** Plain words behind {@link #mark}. */
    private int words;

    private boolean dotted;
    /** A program or a class was named with a colon, which ends a header. */
    private boolean named;

    private LogHeader(byte[] line, int from, int end) {
        this.fields = new LogFields(line, from, end);
        this.mark = from;
    }

    /** The first byte of the content of {@code line[from, to)}; {@code from} if there is no header, or nothing but one. */
    static int end(byte[] line, int from, int to) {
        LogHeader header = read(line, from, to);
        // a line that was handed on has a second header behind the first
        int mark = header.named ? read(line, header.mark, to).mark : header.mark;
        while (mark < to && (line[mark] == ' ' || line[mark] == '\t')) {
            mark++;
        }
        return mark == to ? from : mark;
    }

    private static LogHeader read(byte[] line, int from, int to) {
        LogHeader header = new LogHeader(line, from, to);
        int count = 0;
        while (count++ < MOST_FIELDS && header.fields.next() && header.goesOn()) {}
        return header;
    }

    /** Takes a field in; whether more may belong to the header. */
    private boolean goesOn() {
        if (!known && words == 0 && fields.beforeSeconds()) {
            labelled = true;
            return true;
        }
        if (!levelled && words == 0 && fields.time()) {
            known = true;
            hosted |= fields.iso();
            numbers = 0;
            return certain();
        }
        if (!levelled && level()) {
            known = true;
            levelled = true;
            more = true;
            return certain();
        }
        if (fields.named()) {
            named = known && (words == 0 ? more : words == 1 && (hosted || fields.ends(':', ']')));
            if (named) {
                certain();
            }
            return false;
        }
        if (fields.bracketed() || fields.punctuation()) {
            if (!known || words == 0) {
                more = known;
                return !known || certain();
            }
            return (dotted || (more && fields.dash())) && certain() && !levelled;
        }
        return words == 0 ? first() : word();
    }

    /** A level, at the very beginning, or behind a time and at most numbers and a host. */
    private boolean level() {
        if (words > 0 ? !(hosted && words == 1) : !known && numbers > 0) {
            return false;
        }
        boolean behindTime = known && words == 0;
        return fields.level(behindTime)
                || (behindTime && numbers >= 2 && fields.letter())
                || (labelled && fields.is("FAILURE"));
    }

    /** What stands where a word may. */
    private boolean first() {
        if (known && !levelled && fields.zone()) {
            return certain();
        }
        if (known && fields.ends(':') && fields.digit()) {
            more = true;
            return certain() && !levelled;
        }
        if (fields.digit() || (!known && fields.day())) {
            numbers++;
            hosted |= !known && !fields.digit();
            more |= known && hosted;
            return true;
        }
        return (labelled && !levelled && fields.capitals()) || word();
    }

    private boolean word() {
        dotted = fields.has('.');
        words++;
        if (levelled && words == 1 && fields.column()) {
            certain();
            if (fields.next() && fields.punctuation()) {
                certain();
            }
            return false;
        }
        return words == 1;
    }

    private boolean certain() {
        mark = fields.to();
        words = 0;
        return true;
    }
}
