//! From the flat table to the tree: aliases are expanded, merge keys merged, scalars given their meaning.

use std::collections::HashSet;

use model::{Key, Node, NodeValue, Problem, ProblemKind};
use saphyr_parser::Tag;

use super::items::{Content, Fault, Items};
use super::scalar;
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;

/// The tree of a document; `None` when the document holds nothing.
pub(super) fn resolve(
    items: &Items,
    source: &Source<'_>,
    limits: &Limits,
) -> Result<(Option<Node>, Vec<Problem>), Fault> {
    let Some(root) = items.root() else { return Ok((None, Vec::new())) };
    let mut resolver = Resolver {
        items,
        source,
        limits,
        problems: Vec::new(),
        aliases: 0,
        nodes_left: limits.alias_nodes,
        bytes_left: limits.alias_bytes,
    };
    let node = resolver.node(root, 0)?;
    let is_nothing = node.value == NodeValue::Null && items.item(root).range.is_empty();
    Ok(((!is_nothing).then_some(node), resolver.problems))
}

struct Resolver<'a> {
    items: &'a Items,
    source: &'a Source<'a>,
    limits: &'a Limits,
    problems: Vec<Problem>,
    /// How many aliases we are inside of.
    aliases: usize,
    nodes_left: usize,
    bytes_left: usize,
}

impl Resolver<'_> {
    fn node(&mut self, index: usize, depth: usize) -> Result<Node, Fault> {
        let items = self.items;
        let item = items.item(index);
        if depth > self.limits.depth {
            let message =
                format!("values nest deeper than the limit of {} once aliases are expanded", self.limits.depth);
            return Err(Fault::new(ProblemKind::Limit, item.range.start, message));
        }
        self.charge(index)?;
        let value = match &item.content {
            Content::Scalar { text, is_plain, tag } => scalar::value(text, *is_plain, tag.as_ref()),
            Content::Sequence(children) => {
                let nodes = children.iter().map(|child| self.node(*child, depth + 1));
                NodeValue::Array(nodes.collect::<Result<_, _>>()?)
            }
            Content::Mapping(children) => self.mapping(children, depth)?,
            Content::Alias(_) => {
                let target = self.target(index)?;
                self.aliases += 1;
                let node = self.node(target, depth + 1)?;
                self.aliases -= 1;
                node.value
            }
        };
        Ok(Node { value, span: self.source.span(item.range.clone()) })
    }

    /// Members in the order of the text, the later one of a name wins, whether it is given or merged: so does Kubernetes.
    fn mapping(&mut self, children: &[usize], depth: usize) -> Result<NodeValue, Fault> {
        let mut members = Members::default();
        let mut merged = HashSet::new();
        for pair in children.chunks_exact(2) {
            let (key, value) = (pair[0], self.node(pair[1], depth + 1)?);
            if self.is_merge(key) {
                let sources = mergeable(value).map_err(|()| self.bad_merge(key))?;
                self.merge(&mut members, &mut merged, key, sources);
                continue;
            }
            let key = self.key(key)?;
            let (name, span) = (key.name.clone(), key.span);
            let was_merged = merged.remove(&name);
            if let Some((old, _)) = members.replace(key, value).filter(|_| !was_merged) {
                self.problems.push(self.source.duplicate_key(&name, old.span, span));
            }
        }
        Ok(NodeValue::Object(members.finish()))
    }

    fn merge(&mut self, members: &mut Members, merged: &mut HashSet<String>, at: usize, sources: Vec<(Key, Node)>) {
        for (key, node) in sources {
            let (name, value) = (key.name.clone(), node.to_json());
            let was_given = merged.insert(name.clone());
            let old = members.replace(key, node).filter(|_| was_given);
            if let Some((given, _)) = old.filter(|(_, old)| old.to_json() != value) {
                let offset = self.items.item(at).range.start;
                self.problems.push(self.source.overruled_key(&name, given.span, offset));
            }
        }
    }

    /// What a key is called: its text as it is written, whatever type it has as a value.
    fn key(&mut self, index: usize) -> Result<Key, Fault> {
        let item = self.items.item(index);
        let named = match &item.content {
            Content::Alias(_) => self.items.item(self.target(index)?),
            _ => item,
        };
        let Content::Scalar { text, .. } = &named.content else {
            let message = "key is a mapping or a sequence, which no object of JSON or Kubernetes can have";
            return Err(Fault::new(ProblemKind::Shape, item.range.start, message));
        };
        let name = text.clone();
        self.charge(index)?;
        Ok(Key { name, span: self.source.span(item.range.clone()) })
    }

    fn is_merge(&self, key: usize) -> bool {
        match &self.items.item(key).content {
            Content::Scalar { text, is_plain, tag } => {
                text == "<<" && *is_plain && tag.as_ref().is_none_or(is_merge_tag)
            }
            _ => false,
        }
    }

    fn bad_merge(&self, key: usize) -> Fault {
        let message = "merge key `<<` takes a mapping or a list of mappings, and this is neither";
        Fault::new(ProblemKind::Shape, self.items.item(key).range.start, message)
    }

    /// The item an alias stands for. An anchor comes before its aliases, so a loop is an alias inside its own anchor.
    fn target(&self, alias: usize) -> Result<usize, Fault> {
        let item = self.items.item(alias);
        let Content::Alias(anchor) = item.content else { return Ok(alias) };
        let fault = |message: &str| Fault::new(ProblemKind::Shape, item.range.start, message);
        let target = self.items.anchored(anchor).ok_or_else(|| fault("alias names no anchor of this document"))?;
        if self.items.item(target).end > alias {
            return Err(fault("alias stands inside the value it names, which has no end"));
        }
        Ok(target)
    }

    /// Everything inside an alias is a copy, and copies of copies grow without bound.
    fn charge(&mut self, index: usize) -> Result<(), Fault> {
        if self.aliases == 0 {
            return Ok(());
        }
        let item = self.items.item(index);
        let bytes = if let Content::Scalar { text, .. } = &item.content { text.len() } else { 0 };
        let left = self.nodes_left.checked_sub(1).zip(self.bytes_left.checked_sub(bytes));
        let (nodes, bytes) = left.ok_or_else(|| {
            let message = format!(
                "aliases add more than the limit of {} values or {} bytes",
                self.limits.alias_nodes, self.limits.alias_bytes
            );
            Fault::new(ProblemKind::Limit, item.range.start, message)
        })?;
        (self.nodes_left, self.bytes_left) = (nodes, bytes);
        Ok(())
    }
}

/// The members a merge key brings; of two with one name the first counts.
fn mergeable(value: Node) -> Result<Vec<(Key, Node)>, ()> {
    let nodes = match value.value {
        NodeValue::Object(members) => return Ok(members),
        NodeValue::Array(nodes) => nodes,
        _ => return Err(()),
    };
    let mut all = Members::default();
    for node in nodes {
        let NodeValue::Object(members) = node.value else { return Err(()) };
        members.into_iter().for_each(|(key, node)| all.add(key, node));
    }
    Ok(all.finish())
}

fn is_merge_tag(tag: &Tag) -> bool {
    tag.is_yaml_core_schema() && tag.suffix == "merge"
}
