//! XML with places, through the events of `quick-xml`: elements, their attributes, and their text.

use model::ProblemKind;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::tree::Fault;

const MAX_DEPTH: usize = 128;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Without a prefix.
    pub(crate) name: String,
    /// Where its tag starts.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    pub(crate) attributes: Vec<(String, String)>,
    /// Its text without that of its children, and without blanks around it.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child, if it has any.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        Some(self.child(name)?.text.as_str()).filter(|text| !text.is_empty())
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a text: an element without a name that holds the root. What stands before a fault is there.
pub(crate) fn read(text: &str) -> (Element, Option<Fault>) {
    // The reader leaves a byte-order mark out, and does not count it.
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = Reader::from_str(&text[mark..]);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    let fault = loop {
        let start = mark + offset(&reader);
        let event = reader.read_event();
        let end = mark + offset(&reader);
        match event {
            Ok(Event::Eof) if open.len() > 1 => break Some(truncated(text)),
            Ok(Event::Eof) => break None,
            Ok(Event::Start(tag)) if open.len() == MAX_DEPTH => {
                let message = format!(
                    "the XML is nested deeper than {MAX_DEPTH} levels: from `{}` on nothing is read",
                    local(&tag)
                );
                break Some(Fault { kind: ProblemKind::Limit, offset: start, message });
            }
            Ok(Event::Start(tag)) => open.push(element(&tag, start, end)),
            Ok(Event::Empty(tag)) => add(&mut open, element(&tag, start, end)),
            Ok(Event::End(_)) => close(&mut open, end),
            Ok(Event::Text(piece)) => take_text(&mut open, &piece),
            Ok(Event::CData(piece)) => take_text(&mut open, &piece),
            Ok(Event::GeneralRef(reference)) => take_reference(&mut open, &reference),
            Ok(_) => {}
            Err(error) => {
                let at =
                    usize::try_from(reader.error_position()).unwrap_or_default().saturating_add(mark).min(text.len());
                let message = format!("wrong XML, {error}: from here on nothing is read");
                break Some(Fault { kind: ProblemKind::Syntax, offset: at, message });
            }
        }
    };
    while open.len() > 1 {
        close(&mut open, text.len());
    }
    (open.pop().unwrap_or_default(), fault)
}

fn truncated(text: &str) -> Fault {
    let message = "the XML ends in the middle: what follows is missing".to_owned();
    Fault { kind: ProblemKind::Truncated, offset: text.len(), message }
}

fn offset(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

fn element(tag: &BytesStart<'_>, start: usize, end: usize) -> Element {
    // Looking for duplicates compares each with all before it.
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let value = attribute.value.into_owned();
        let value = unescape(&value).map(|value| value.into_owned()).unwrap_or(value.clone());
        (attribute.key.local_name().as_ref().to_owned(), value)
    });
    Element { name: local(tag), start, end, attributes: attributes.collect(), ..Element::default() }
}

fn take_text(open: &mut [Element], piece: &str) {
    if let Some(last) = open.last_mut() {
        last.text.push_str(piece);
    }
}

/// `&amp;` and its kin; a reference to anything else stays as it is written.
fn take_reference(open: &mut [Element], reference: &str) {
    let written = format!("&{reference};");
    let text = unescape(&written).map(|text| text.into_owned()).unwrap_or(written.clone());
    take_text(open, &text);
}

fn close(open: &mut Vec<Element>, end: usize) {
    if let Some(mut closed) = open.pop() {
        closed.end = end;
        closed.text = closed.text.trim().to_owned();
        add(open, closed);
    }
}

fn add(open: &mut [Element], child: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements() {
        let text = "\u{FEFF}<?xml version=\"1.0\"?>\n<a x=\"1&amp;2\"><!-- no --><p:b> t &lt; u </p:b><c/></a>\n";
        let (root, fault) = read(text);
        assert!(fault.is_none(), "{fault:?}");
        let a = root.child("a").expect("an element");
        assert_eq!((a.attribute("x"), a.text_of("b"), a.children.len()), (Some("1&2"), Some("t < u"), 2));
        let b = a.child("b").expect("an element");
        assert_eq!(&text[b.start..b.end], "<p:b> t &lt; u </p:b>");
    }

    #[test]
    fn what_is_left_of_a_broken_text() {
        let (root, fault) = read("<a><b>1</b><c>");
        assert_eq!(root.child("a").and_then(|a| a.text_of("b")), Some("1"));
        assert_eq!(fault.map(|fault| fault.kind), Some(ProblemKind::Truncated));
        let (root, fault) = read("<a><b>1</b></c></a>");
        assert_eq!(root.child("a").and_then(|a| a.text_of("b")), Some("1"));
        assert_eq!(fault.map(|fault| (fault.kind, fault.offset)), Some((ProblemKind::Syntax, 11)));
        assert!(read(&"<a>".repeat(10_000)).1.is_some_and(|fault| fault.kind == ProblemKind::Limit));
    }
}
