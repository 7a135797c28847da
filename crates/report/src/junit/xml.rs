//! Just enough XML: elements, attributes, text. Every text is escaped, also what XML 1.0 forbids.

use std::io;

use crate::foreign;

/// An element with its attributes, text and children.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Element {
        Element { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    pub(super) fn attribute(mut self, name: &'static str, value: &str) -> Element {
        self.attributes.push((name, foreign::line(value)));
        self
    }

    /// Lines stay lines.
    pub(super) fn text(mut self, text: &str) -> Element {
        self.text = text.lines().map(|line| foreign::visible(line).into_owned()).collect::<Vec<_>>().join("\n");
        self
    }

    pub(super) fn child(mut self, child: Element) -> Element {
        self.children.push(child);
        self
    }

    pub(super) fn children(mut self, children: Vec<Element>) -> Element {
        self.children = children;
        self
    }

    pub(super) fn has_child(&self, name: &str) -> bool {
        self.children.iter().any(|child| child.name == name)
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attributes.iter().find(|(other, _)| *other == name)?.1.parse().ok()
    }

    pub(super) fn write(&self, depth: usize, out: &mut dyn io::Write) -> io::Result<()> {
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

/// Controls are escaped already; what is left that XML 1.0 forbids are the two last characters of the basic plane.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}
