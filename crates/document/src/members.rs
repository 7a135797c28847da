//! Members of an object while it is read: names are unique, and finding one stays quick however many there are.

use std::collections::HashMap;

use model::{Key, Node};

/// Up to here looking at every name is quicker than hashing.
const FEW: usize = 16;

/// Members in the order of the text.
#[derive(Default)]
pub(crate) struct Members {
    members: Vec<(Key, Node)>,
    /// Places by name, once there are many.
    places: HashMap<String, usize>,
}

impl Members {
    /// Adds a member. One of the same name is replaced, as Kubernetes' own readers do, and given back.
    pub(crate) fn replace(&mut self, key: Key, node: Node) -> Option<(Key, Node)> {
        match self.place(&key.name) {
            Some(place) => Some(std::mem::replace(&mut self.members[place], (key, node))),
            None => {
                self.push(key, node);
                None
            }
        }
    }

    /// Adds a member unless there is one of that name.
    pub(crate) fn add(&mut self, key: Key, node: Node) {
        if self.place(&key.name).is_none() {
            self.push(key, node);
        }
    }

    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        self.place(name).map(|place| &self.members[place].1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Key, Node)> {
        self.members.iter()
    }

    pub(crate) fn finish(self) -> Vec<(Key, Node)> {
        self.members
    }

    fn place(&self, name: &str) -> Option<usize> {
        if self.members.len() <= FEW {
            return self.members.iter().position(|(key, _)| key.name == name);
        }
        self.places.get(name).copied()
    }

    fn push(&mut self, key: Key, node: Node) {
        self.members.push((key, node));
        let indexed = self.places.len();
        if self.members.len() > FEW {
            let new = self.members[indexed..].iter().enumerate();
            self.places.extend(new.map(|(at, (key, _))| (key.name.clone(), indexed + at)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{NodeValue, Span};

    #[test]
    fn names_are_unique_few_or_many() {
        let mut members = Members::default();
        let node = |number: usize| Node { value: NodeValue::Number(number.into()), span: Span::default() };
        let key = |name: String| Key { name, span: Span::default() };
        for number in 0..100 {
            assert_eq!(members.replace(key(format!("k{number}")), node(number)), None);
        }
        for number in (0..100).step_by(7) {
            assert!(members.replace(key(format!("k{number}")), node(number + 1000)).is_some());
            members.add(key(format!("k{number}")), node(5));
        }
        let members = members.finish();
        assert_eq!(members.len(), 100);
        assert_eq!(members[7].1, node(1007));
        assert_eq!(members[8].1, node(8));
    }
}
