//! What lies in front of the programs: which rules are in which, and where the text of each is.
//!
//! The bytes are a magic word, the length of the header as a little-endian `u32`, the header, and for each group its rules and its program. All but
//! the programs is written by postcard, which is read in a tenth of the time that JSON takes.

use std::collections::BTreeSet;

use model::DocumentKind;
use serde::{Deserialize, Serialize};

use crate::Input;
use crate::rego::Mark;

const MAGIC: &[u8] = b"portcullis rules 3\n";

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
    /// The profiles that any of its rules is in.
    pub(super) profiles: BTreeSet<String>,
    /// Where its rules stand behind the header, and how long they are.
    pub(super) rules: (usize, usize),
    /// The same of its program; no length if it has none.
    pub(super) program: (usize, usize),
    /// Why there is none.
    pub(super) fault: String,
}

/// The rules of a group, which are read when it is first asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Rules {
    pub(super) rules: Vec<RuleHeader>,
    /// What they need documents to have, each once.
    pub(super) marks: Vec<Mark>,
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
        let mut header: Header = postcard::from_bytes(rest.get(..u32::from_le_bytes(*length) as usize)?).ok()?;
        let before = MAGIC.len() + 4 + u32::from_le_bytes(*length) as usize;
        for group in &mut header.groups {
            group.rules.0 += before;
            group.program.0 += before;
        }
        Some(header)
    }

    /// The header, and behind it rules and programs.
    pub(super) fn write(&self, behind: &[u8]) -> Vec<u8> {
        let header = postcard::to_allocvec(self).expect("names and numbers can be written");
        let length = u32::try_from(header.len()).expect("some thousand names");
        [MAGIC, &length.to_le_bytes(), &header, behind].concat()
    }
}

impl GroupHeader {
    pub(super) fn wants(&self, kind: DocumentKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether any of its rules is in one of these profiles.
    pub(super) fn is_asked(&self, profiles: &[String]) -> bool {
        profiles.iter().any(|profile| self.profiles.contains(profile))
    }

    pub(super) fn rules(&self, bytes: &[u8]) -> Option<Rules> {
        let (start, length) = self.rules;
        postcard::from_bytes(bytes.get(start..start + length)?).ok()
    }

    pub(super) fn program<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let (start, length) = self.program;
        bytes.get(start..start + length).filter(|program| !program.is_empty())
    }
}

impl RuleHeader {
    /// Whether it is in any of these profiles.
    pub(super) fn is_in(&self, profiles: &[String]) -> bool {
        self.profiles.iter().any(|profile| profiles.contains(profile))
    }
}
