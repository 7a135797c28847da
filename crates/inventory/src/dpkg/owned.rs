//! Which files the packages own: `info/*.list`, and `*.md5sums` beside a single stanza.

use std::collections::HashMap;

use model::TreePath;

use super::entry::Entry;
use crate::fault_log::FaultLog;
use crate::ownership::Ownership;
use crate::{CompanionFile, Input};

/// (entry's place, path) of every file in the lists that came with the database.
pub(super) fn files(input: &Input<'_>, entries: &[Entry<'_>], faults: &mut FaultLog<'_>) -> Vec<(usize, TreePath)> {
    let mut ownership = Ownership::like(&input.origin.path);
    let owners = Owners::new(entries);
    for companion in input.companions {
        let name = companion.path.file_name();
        if let Some(stem) = name.strip_suffix(b".list") {
            owners.of_list(stem).into_iter().for_each(|owner| read_list(owner, companion, &mut ownership));
        } else if name.strip_suffix(b".md5sums") == Some(input.origin.path.file_name()) && !entries.is_empty() {
            read_sums(companion, &mut ownership);
        }
    }
    ownership.finish(faults)
}

/// Entries by name, and by name and architecture.
struct Owners<'a> {
    by_name: HashMap<&'a [u8], usize>,
    by_architecture: HashMap<(&'a [u8], &'a [u8]), usize>,
}

impl<'a> Owners<'a> {
    fn new(entries: &[Entry<'a>]) -> Owners<'a> {
        let mut owners = Owners { by_name: HashMap::new(), by_architecture: HashMap::new() };
        for (at, entry) in entries.iter().enumerate() {
            let architecture = entry.architecture.unwrap_or_default();
            owners.by_name.entry(entry.name.as_bytes()).or_insert(at);
            owners.by_architecture.entry((entry.name.as_bytes(), architecture.as_bytes())).or_insert(at);
        }
        owners
    }

    /// The owner of `libc6:amd64.list` or `tar.list`; none for a package that is not installed any more.
    fn of_list(&self, stem: &[u8]) -> Option<usize> {
        match stem.iter().position(|byte| *byte == b':') {
            Some(colon) => self.by_architecture.get(&(&stem[..colon], &stem[colon + 1..])).copied(),
            None => self.by_name.get(stem).copied(),
        }
    }
}

/// One absolute path a line, behind which opkg writes a tab, the mode and where a link leads; a folder comes right before
/// what is in it and owns nothing.
fn read_list(owner: usize, list: &CompanionFile<'_>, ownership: &mut Ownership) {
    let paths =
        list.bytes.split(|byte| *byte == b'\n').map(|line| line.split(|byte| *byte == b'\t').next().unwrap_or(line));
    let mut lines = paths.filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        let is_folder =
            lines.peek().and_then(|next| next.strip_prefix(line)).is_some_and(|rest| rest.starts_with(b"/"));
        if !is_folder && line != b"/." {
            ownership.add(owner, line);
        }
    }
}

/// `<digest>  <path without a leading slash>` a line, of the file's only package.
fn read_sums(sums: &CompanionFile<'_>, ownership: &mut Ownership) {
    for line in sums.bytes.split(|byte| *byte == b'\n') {
        if let Some(space) = line.iter().position(|byte| *byte == b' ') {
            ownership.add(0, line[space..].trim_ascii());
        }
    }
}
