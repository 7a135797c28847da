//! Elements while they are gathered.

use std::ops::Range;

use model::{Key, Node, NodeValue};

use super::tag::{Begins, Form, Place, Tag};
use crate::fault::Fault;
use crate::members::Members;
use crate::tree::Tree;

/// An object whose lists still grow.
struct Growing {
    members: Members,
    lists: Vec<(Key, Vec<Node>)>,
    range: Range<usize>,
}

/// The document while it is read.
#[derive(Default)]
pub(super) struct Builder {
    document: Option<Growing>,
    creation: Option<(Key, Growing)>,
    /// The list that the element belongs to, and the element.
    element: Option<(&'static str, Key, Growing)>,
    remark: Option<(&'static str, Key, Growing)>,
}

impl Builder {
    pub(super) fn take(
        &mut self,
        tree: &mut Tree<'_>,
        tag: Tag,
        name: Range<usize>,
        value: Range<usize>,
    ) -> Result<(), Fault> {
        let key = tree.key(tag.json, name.clone());
        self.document.get_or_insert_with(|| Growing::new(name.clone()));
        let list = match tag.begins {
            Begins::Nothing | Begins::ExternalDocument => None,
            Begins::Package => Some("packages"),
            Begins::File => Some("files"),
            Begins::Snippet => Some("snippets"),
            Begins::License => Some("hasExtractedLicensingInfos"),
            Begins::Annotation => Some("annotations"),
            Begins::Relationship => Some("relationships"),
        };
        if tag.begins == Begins::Relationship {
            self.end_remark(tree)?;
            let Form::Words(names) = tag.form else { return Ok(()) };
            let mut growing = Growing::new(name);
            words(tree, &mut growing.members, names, value)?;
            self.remark = Some(("relationships", key, growing));
            return Ok(());
        }
        if let Some(list) = list {
            if tag.begins == Begins::Annotation {
                self.end_remark(tree)?;
                self.remark = Some((list, key.clone(), Growing::new(name)));
            } else {
                self.end_element(tree)?;
                self.element = Some((list, key.clone(), Growing::new(name)));
            }
        }
        self.place(tree, tag, &key).take(tree, tag.form, key, value)
    }

    pub(super) fn finish(mut self, tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
        self.end_element(tree)?;
        self.end_remark(tree)?;
        let Some(mut document) = self.document.take() else { return Ok(None) };
        if let Some((key, creation)) = self.creation.take() {
            let node = creation.finish(tree)?;
            let key = Key { name: "creationInfo".to_owned(), ..key };
            tree.insert(&mut document.members, key, node);
        }
        document.range.end = tree.source.text.trim_end().len().max(document.range.start);
        document.finish(tree).map(Some)
    }

    fn place(&mut self, tree: &Tree<'_>, tag: Tag, key: &Key) -> &mut Growing {
        let start = key.span.start.offset as usize;
        let document = self.document.get_or_insert_with(|| Growing::new(tree.source.start..start));
        match (tag.place, &mut self.element, &mut self.remark) {
            (Place::Creation, _, _) => {
                &mut self.creation.get_or_insert_with(|| (key.clone(), Growing::new(start..start))).1
            }
            (Place::Element, Some((_, _, element)), _) => element,
            (Place::Remark, _, Some((_, _, remark))) => remark,
            _ => document,
        }
    }

    fn end_element(&mut self, tree: &mut Tree<'_>) -> Result<(), Fault> {
        let ended = self.element.take();
        self.end(tree, ended)
    }

    fn end_remark(&mut self, tree: &mut Tree<'_>) -> Result<(), Fault> {
        let ended = self.remark.take();
        self.end(tree, ended)
    }

    fn end(&mut self, tree: &mut Tree<'_>, ended: Option<(&'static str, Key, Growing)>) -> Result<(), Fault> {
        let (Some((list, key, growing)), Some(document)) = (ended, &mut self.document) else { return Ok(()) };
        let node = growing.finish(tree)?;
        document.push(Key { name: list.to_owned(), ..key }, node);
        Ok(())
    }
}

impl Growing {
    fn new(range: Range<usize>) -> Growing {
        Growing { members: Members::default(), lists: Vec::new(), range }
    }

    fn take(&mut self, tree: &mut Tree<'_>, form: Form, key: Key, value: Range<usize>) -> Result<(), Fault> {
        self.range.end = self.range.end.max(value.end);
        let text = &tree.source.text[value.clone()];
        match form {
            Form::Text => {
                let node = tree.string(text, value)?;
                tree.insert(&mut self.members, key, node);
            }
            Form::Bool => {
                let node = tree.node(NodeValue::Bool(text == "true"), value)?;
                tree.insert(&mut self.members, key, node);
            }
            Form::Item => {
                let node = tree.string(text, value)?;
                self.push(key, node);
            }
            Form::Words(names) => {
                let mut members = Members::default();
                words(tree, &mut members, names, value.clone())?;
                let node = tree.object(members, value)?;
                self.push(key, node);
            }
            Form::Checksum => {
                let (algorithm, sum) = text.split_once(':').unwrap_or((text, ""));
                let node = pair(tree, [("algorithm", algorithm.trim()), ("checksumValue", sum.trim())], value)?;
                self.push(key, node);
            }
            Form::Range => {
                let (first, last) = text.split_once(':').unwrap_or((text, ""));
                let node = pair(tree, [("start", first.trim()), ("end", last.trim())], value)?;
                tree.insert(&mut self.members, key, node);
            }
            Form::VerificationCode => {
                let node = verification_code(tree, value)?;
                tree.insert(&mut self.members, key, node);
            }
        }
        Ok(())
    }

    fn push(&mut self, key: Key, node: Node) {
        self.range.end = self.range.end.max(node.span.end.offset as usize);
        match self.lists.iter_mut().find(|(known, _)| known.name == key.name) {
            Some((_, nodes)) => nodes.push(node),
            None => self.lists.push((key, vec![node])),
        }
    }

    fn finish(mut self, tree: &mut Tree<'_>) -> Result<Node, Fault> {
        for (key, nodes) in self.lists {
            let start = nodes.first().map_or(0, |node| node.span.start.offset as usize);
            let end = nodes.last().map_or(start, |node| node.span.end.offset as usize);
            let node = tree.node(NodeValue::Array(nodes), start..end.max(start))?;
            tree.insert(&mut self.members, key, node);
        }
        tree.object(self.members, self.range.start..self.range.end.max(self.range.start))
    }
}

fn words(tree: &mut Tree<'_>, members: &mut Members, names: &[&str], value: Range<usize>) -> Result<(), Fault> {
    let mut rest = &tree.source.text[value.clone()];
    for (at, name) in names.iter().enumerate() {
        rest = rest.trim_start();
        let start = value.end - rest.len();
        let is_last = at + 1 == names.len();
        let length = if is_last { rest.len() } else { rest.find(char::is_whitespace).unwrap_or(rest.len()) };
        let node = tree.string(&rest[..length], start..start + length)?;
        members.add(tree.key(*name, start..start + length), node);
        rest = &rest[length..];
    }
    Ok(())
}

fn pair(tree: &mut Tree<'_>, parts: [(&str, &str); 2], value: Range<usize>) -> Result<Node, Fault> {
    let mut members = Members::default();
    for (name, text) in parts {
        let node = tree.string(text, value.clone())?;
        members.add(tree.key(name, value.clone()), node);
    }
    tree.object(members, value)
}

/// `value (excludes: a, b)`.
fn verification_code(tree: &mut Tree<'_>, value: Range<usize>) -> Result<Node, Fault> {
    let text = &tree.source.text[value.clone()];
    let (code, rest) = text.split_once('(').unwrap_or((text, ""));
    let excluded = rest.trim_end().trim_end_matches(')');
    let excluded = excluded.strip_prefix("excludes:").unwrap_or(excluded);
    let mut members = Members::default();
    let node = tree.string(code.trim(), value.clone())?;
    members.add(tree.key("packageVerificationCodeValue", value.clone()), node);
    let files: Vec<&str> = excluded.split(',').map(str::trim).filter(|file| !file.is_empty()).collect();
    if !files.is_empty() {
        let nodes = files.into_iter().map(|file| tree.string(file, value.clone())).collect::<Result<Vec<_>, _>>()?;
        let node = tree.node(NodeValue::Array(nodes), value.clone())?;
        members.add(tree.key("packageVerificationCodeExcludedFiles", value.clone()), node);
    }
    tree.object(members, value)
}
