//! What lies in front of the programs: which rules are in which, and where the text of each is.
//!
//! The bytes are a magic word, the length of the header as a little-endian `u32`, the header as JSON, and the programs.

use model::DocumentKind;
use serde::{Deserialize, Serialize};

use crate::Input;
use crate::rego::Mark;

const MAGIC: &[u8] = b"portcullis rules 2\n";

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Header {
    /// What texts it was made of, in the words of who made it.
    pub(super) stamp: String,
    /// Names of files, which rules name by place.
    pub(super) files: Vec<String>,
    pub(super) groups: Vec<GroupHeader>,
}

/// Rules that judge the same documents.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct GroupHeader {
    pub(super) kinds: Vec<DocumentKind>,
    pub(super) input: Input,
    pub(super) rules: Vec<RuleHeader>,
    /// What rules need documents to have, each once.
    pub(super) marks: Vec<Mark>,
    /// Where the program begins behind the header, and how long it is; 0 for none.
    pub(super) start: usize,
    pub(super) length: usize,
    /// Why there is none.
    pub(super) fault: String,
}

/// A rule that is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RuleHeader {
    /// `data.kubernetes.host_port.deny`.
    pub(super) path: String,
    pub(super) profiles: Vec<String>,
    /// The files of its package and of all it refers to.
    pub(super) files: Vec<usize>,
    /// What a document needs for it to have something to say: of each clause one of the marks in the list of its group.
    pub(super) needs: Vec<Vec<usize>>,
}

impl Header {
    pub(super) fn read(bytes: &[u8]) -> Option<Header> {
        let (length, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let mut header: Header = serde_json::from_slice(rest.get(..u32::from_le_bytes(*length) as usize)?).ok()?;
        let before = MAGIC.len() + 4 + u32::from_le_bytes(*length) as usize;
        header.groups.iter_mut().for_each(|group| group.start += before);
        Some(header)
    }

    /// The header and the programs behind it.
    pub(super) fn write(&self, programs: &[u8]) -> Vec<u8> {
        let header = serde_json::to_vec(self).expect("names and numbers are JSON");
        let length = u32::try_from(header.len()).expect("some thousand names");
        [MAGIC, &length.to_le_bytes(), &header, programs].concat()
    }
}

impl GroupHeader {
    pub(super) fn wants(&self, kind: DocumentKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// The rules in any of these profiles.
    pub(super) fn rules_of<'h>(&'h self, profiles: &'h [String]) -> impl Iterator<Item = &'h RuleHeader> {
        self.places_of(profiles).map(|place| &self.rules[place])
    }

    /// Their places in the list.
    pub(super) fn places_of<'h>(&'h self, profiles: &'h [String]) -> impl Iterator<Item = usize> + 'h {
        let is_in = |rule: &RuleHeader| rule.profiles.iter().any(|profile| profiles.contains(profile));
        (0..self.rules.len()).filter(move |place| is_in(&self.rules[*place]))
    }

    /// Whether there are any.
    pub(super) fn is_asked(&self, profiles: &[String]) -> bool {
        self.places_of(profiles).next().is_some()
    }

    pub(super) fn program<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        bytes.get(self.start..self.start + self.length).filter(|program| !program.is_empty())
    }
}
