package dev.limpid.eval.report;

import java.util.Base64;
import java.util.List;

/** A page under construction: headings, sentences, tables and drawings, nothing from outside and no script. Confined to one thread. */
final class Html {
    /** Lines: what was noisy is grey, the rest are colours that colour-blind readers tell apart (Okabe and Ito 2008). */
    private static final String STYLE =
            """
            :root { color-scheme: light dark; --paper: #ffffff; --ink: #1d2329; --soft: #5b6670; --rule: #dde2e6; --shade: #f4f6f8;
              --s0: #9aa3ab; --s1: #0072b2; --s2: #d55e00; --s3: #009e73; --warn: #a33c00; }
            @media (prefers-color-scheme: dark) { :root { --paper: #14181c; --ink: #e3e8ec; --soft: #9aa7b2; --rule: #2d353c;
              --shade: #1c2227; --s0: #78838c; --s1: #56b4e9; --s2: #ff8a3c; --s3: #2fd3a2; --warn: #ffb080; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
              font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
            h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.12rem; margin: 2.2rem 0 .6rem; padding-top: .7rem; border-top: 1px solid var(--rule); }
            p { margin: .4rem 0; } .soft { color: var(--soft); }
            .wide { overflow-x: auto; margin: .6rem 0; }
            table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
            th, td { padding: .26rem .8rem .26rem 0; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
            th { color: var(--soft); font-weight: 600; vertical-align: bottom; } tr.first td { font-weight: 600; }
            th:first-child, td:first-child, .words td, .words th { text-align: left; }
            .words td { white-space: normal; overflow-wrap: anywhere; vertical-align: top; }
            .words td:first-child { color: var(--soft); white-space: nowrap; }
            .ranked th:nth-child(2), .ranked td:nth-child(2) { text-align: left; color: var(--soft); }
            ul.findings { margin: .4rem 0; padding: 0; list-style: none; }
            .findings li { margin: .5rem 0; padding: .55rem .8rem; background: var(--shade); border-left: 4px solid var(--warn); }
            .findings li.good { border-color: var(--s3); } .findings b { color: var(--warn); } .findings .good b { color: var(--s3); }
            figure { margin: .6rem 0 1.1rem; } figcaption { color: var(--soft); font-size: .9rem; }
            svg { display: block; width: 100%; height: auto; }
            figure.long { overflow-x: auto; } .long svg { min-width: 44rem; }
            .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 1.5rem; }
            .grid { stroke: var(--rule); stroke-width: 1; } .axis { fill: var(--soft); font-size: 11px; }
            .line { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
            .s0 { stroke: var(--s0); stroke-width: 1; } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
            @media print { :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #ccc; --shade: #f4f4f4; --s0: #999; --s1: #0072b2;
              --s2: #d55e00; --s3: #009e73; --warn: #a33c00; } body { max-width: none; padding: 0; font-size: 10.5pt; }
              figure, tr, li { break-inside: avoid; } .long svg { min-width: 0; } h2 { break-after: avoid; } .wide { overflow: visible; } table { font-size: 8.5pt; }
              th, td { white-space: normal; } }
            """;

    private final StringBuilder page = new StringBuilder();

    Html(String title) {
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(text(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(text(title))
                .append("</h1>\n");
    }

    static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    Html heading(String words) {
        page.append("<h2>").append(text(words)).append("</h2>\n");
        return this;
    }

    Html paragraph(String words) {
        page.append("<p class=\"soft\">").append(text(words)).append("</p>\n");
        return this;
    }

    /** Figures; the first row are the titles, the second one is the model. Nothing if there are but titles. */
    Html table(List<List<String>> rows) {
        return table(rows, "", "");
    }

    /** Words, two columns, without titles. */
    Html words(List<List<String>> rows) {
        page.append("<div class=\"wide\"><table class=\"words\">\n");
        rows.forEach(cells -> row(cells, "td", ""));
        page.append("</table></div>\n");
        return this;
    }

    /** Like {@link #table}, the first row after the titles in bold. */
    Html ranking(List<List<String>> rows) {
        return table(rows, " class=\"ranked\"", " class=\"first\"");
    }

    private Html table(List<List<String>> rows, String attributes, String first) {
        if (rows.size() > 1) {
            page.append("<div class=\"wide\"><table").append(attributes).append(">\n");
            for (int i = 0; i < rows.size(); i++) {
                row(rows.get(i), i == 0 ? "th" : "td", i == 1 ? first : "");
            }
            page.append("</table></div>\n");
        }
        return this;
    }

    private void row(List<String> cells, String tag, String attributes) {
        page.append("<tr").append(attributes).append('>');
        for (String cell : cells) {
            page.append('<')
                    .append(tag)
                    .append('>')
                    .append(text(cell))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        page.append("</tr>\n");
    }

    /** What is wrong: name, then the rest; a green line if nothing is. */
    Html finding(String name, String rest, boolean good) {
        page.append("<ul class=\"findings\"><li")
                .append(good ? " class=\"good\"" : "")
                .append("><b>")
                .append(text(name))
                .append("</b> ")
                .append(text(rest))
                .append("</li></ul>\n");
        return this;
    }

    /** A picture, larger than it is, its pixels as squares. */
    Html image(byte[] png, String caption) {
        page.append("<figure class=\"long\"><img style=\"image-rendering: pixelated; width: 100%\" alt=\"")
                .append(text(caption))
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\"><figcaption>")
                .append(text(caption))
                .append("</figcaption></figure>\n");
        return this;
    }

    Html figure(SvgChart chart, String caption) {
        return figure("", chart, caption);
    }

    private Html figure(String attributes, SvgChart chart, String caption) {
        page.append("<figure")
                .append(attributes)
                .append(">\n")
                .append(chart)
                .append("<figcaption>")
                .append(text(caption))
                .append("</figcaption></figure>\n");
        return this;
    }

    /** One that is too long for a narrow screen, which scrolls it. */
    Html longFigure(SvgChart chart, String caption) {
        return figure(" class=\"long\"", chart, caption);
    }

    Html beginPair() {
        page.append("<div class=\"pair\">\n");
        return this;
    }

    Html endPair() {
        page.append("</div>\n");
        return this;
    }

    String done() {
        return page + "</body>\n</html>\n";
    }
}
