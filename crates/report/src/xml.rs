//! Just enough XML for lists of results: elements, attributes, text. Every text is escaped, also what XML 1.0 forbids.

use std::io;

use crate::foreign;

/// An element with its attributes, text and children.
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// An empty one.
    pub fn new(name: &'static str) -> Element {
        Element { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// With an attribute more; its lines become one.
    #[must_use]
    pub fn attribute(mut self, name: &'static str, value: &str) -> Element {
        self.attributes.push((name, foreign::line(value)));
        self
    }

    /// With this text; lines stay lines.
    #[must_use]
    pub fn text(mut self, text: &str) -> Element {
        self.text = text.lines().map(|line| foreign::visible(line).into_owned()).collect::<Vec<_>>().join("\n");
        self
    }

    /// With a child more.
    #[must_use]
    pub fn child(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    /// With these children, and no others.
    #[must_use]
    pub fn children(mut self, children: Vec<Element>) -> Element {
        self.children = children;
        self
    }

    /// Whether some child has this name.
    pub fn has_child(&self, name: &str) -> bool {
        self.children.iter().any(|child| child.name == name)
    }

    /// An attribute that is a number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.attributes.iter().find(|(other, _)| *other == name)?.1.parse().ok()
    }

    /// Writes a document with this element as its root.
    pub fn write_document(&self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        self.write(0, out)
    }

    fn write(&self, depth: usize, out: &mut dyn io::Write) -> io::Result<()> {
        let indent = "  ".repeat(depth);
        write!(out, "{indent}<{}", self.name)?;
        for (name, value) in &self.attributes {
            write!(out, " {name}=\"{}\"", escape(value))?;
        }
        if self.text.is_empty() && self.children.is_empty() {
            return writeln!(out, "/>");
        }
        write!(out, ">{}", escape(&self.text))?;
        if !self.children.is_empty() {
            writeln!(out)?;
            self.children.iter().try_for_each(|child| child.write(depth + 1, out))?;
            write!(out, "{indent}")?;
        }
        writeln!(out, "</{}>", self.name)
    }
}

/// Marks escaped, for XML and HTML, also inside quoted attributes. Controls are escaped already; what is left that XML 1.0
/// forbids are the two last characters of the basic plane.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}
