package voltage.training.report;

/** Builds HTML and SVG: elements nest by methods, text is escaped, attributes come in pairs of name and value. */
final class Markup {
    private final StringBuilder out = new StringBuilder(1 << 14);

    /** Something that adds to a page. */
    @FunctionalInterface
    interface Part {
        void addTo(Markup page);
    }

    /** An element with what is in it. */
    Markup element(String name, Part content, Object... attributes) {
        open(name, attributes).append('>');
        content.addTo(this);
        out.append("</").append(name).append('>');
        return this;
    }

    /** An element with text in it. */
    Markup text(String name, String text, Object... attributes) {
        return element(name, page -> page.text(text), attributes);
    }

    /** An element of SVG without content. */
    Markup shape(String name, Object... attributes) {
        open(name, attributes).append("/>");
        return this;
    }

    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    Markup add(Part part) {
        part.addTo(this);
        return this;
    }

    /** What is HTML already; never a text from elsewhere. */
    Markup raw(String html) {
        out.append(html);
        return this;
    }

    private StringBuilder open(String name, Object... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("attributes come in pairs, was " + attributes.length + " of " + name);
        }
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String shown = value instanceof Double number ? Numbers.coordinate(number) : String.valueOf(value);
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(shown))
                    .append('"');
        }
        return out;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
