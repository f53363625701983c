package dev.limpid.demo.frames;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a demo of frames came to.
 *
 * @param accepted records that the cameras sent
 * @param pending records that nothing came back of
 * @param wrong answers that came twice, as the wrong kind, or cannot be read
 * @param psnrInDb peak signal-to-noise ratio of what came in, over all pictures; likewise {@code psnrOutDb} of what went out
 */
public record FrameSummary(
        long accepted,
        long cleaned,
        long deadLetters,
        long pending,
        long wrong,
        double psnrInDb,
        double psnrOutDb,
        String model) {

    /** What is not as it must be; empty if all is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (accepted == 0) {
            problems.add("nothing was sent");
        }
        if (pending != 0) {
            problems.add(pending + " of " + accepted + " records were not answered");
        }
        if (wrong != 0) {
            problems.add(wrong + " answers came twice, as the wrong kind, or cannot be read");
        }
        if (cleaned + deadLetters != accepted - pending + wrong && wrong == 0) {
            problems.add("cleaned " + cleaned + " and dead letters " + deadLetters + " are not what was sent");
        }
        if (!(psnrOutDb > psnrInDb)) {
            problems.add("pictures came out no better than they went in");
        }
        return problems;
    }

    /** For programs. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("accepted", accepted);
        members.put("cleaned", cleaned);
        members.put("deadLetters", deadLetters);
        members.put("pending", pending);
        members.put("wrong", wrong);
        members.put("psnrInDb", Math.rint(100 * psnrInDb) / 100);
        members.put("psnrOutDb", Math.rint(100 * psnrOutDb) / 100);
        members.put("model", model);
        return members;
    }
}
