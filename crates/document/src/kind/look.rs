//! A cheap look at a file before it is parsed.

use std::cell::OnceCell;

use model::{DocumentKind, Format, TreePath};

use super::glance::Glance;
use super::{TELLERS, ansible, image, is_of_others, kinds_of, kubernetes, terraform};
use crate::file_name::is_terraform_in_json;

/// The bytes of a file, and what was seen of them: files are large, and asked for many kinds.
pub struct Look<'t> {
    format: Format,
    path: &'t TreePath,
    bytes: &'t [u8],
    text: OnceCell<Option<&'t str>>,
    hides: OnceCell<bool>,
    glance: OnceCell<Glance<'t>>,
}

impl<'t> Look<'t> {
    /// At a file of this format; nothing is looked at yet.
    pub fn new(format: Format, path: &'t TreePath, bytes: &'t [u8]) -> Look<'t> {
        let (text, hides, glance) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Look { format, path, bytes, text, hides, glance }
    }

    /// False when the bytes cannot hold a document of this kind. True promises nothing.
    pub fn may_be(&self, kind: DocumentKind) -> bool {
        if !kinds_of(self.format).contains(&kind) {
            return false;
        }
        match kind {
            DocumentKind::Terraform if self.format != Format::Hcl => {
                self.format == Format::Json && is_terraform_in_json(self.path)
            }
            DocumentKind::Dockerfile | DocumentKind::Terraform | DocumentKind::HclSyntax => true,
            DocumentKind::TerraformPlan => terraform::may_be_plan(self),
            DocumentKind::Image => image::may_be_facts(self),
            DocumentKind::Kubernetes => kubernetes::may_be_object(self),
            DocumentKind::Ansible => !is_of_others(self.path) && ansible::may_be(self.glance(), self.path),
            kind => TELLERS.iter().find(|teller| teller.kind == kind).is_none_or(|teller| {
                let is_read = teller.formats.contains(&self.format) && !is_of_others(self.path);
                is_read && ((teller.is_named)(self.path) || (teller.may_be_such)(self.glance()))
            }),
        }
    }

    /// False when these words do not all stand in it, and nothing can hide them.
    pub(super) fn may_have_words(&self, words: &[&str]) -> bool {
        words.iter().all(|word| memchr::memmem::find(self.bytes, word.as_bytes()).is_some()) || self.hides()
    }

    /// Whether letters may be written in other ways: as escapes, or in another encoding.
    fn hides(&self) -> bool {
        *self.hides.get_or_init(|| memchr::memchr2(b'\\', 0, self.bytes).is_some() || self.text().is_none())
    }

    fn text(&self) -> Option<&'t str> {
        *self.text.get_or_init(|| std::str::from_utf8(self.bytes).ok())
    }

    fn glance(&self) -> &Glance<'t> {
        self.glance.get_or_init(|| Glance::of(self.text()))
    }
}

/// False when the bytes cannot hold a document of this kind: a cheap look before parsing. True promises nothing.
pub fn may_be_kind(format: Format, path: &TreePath, bytes: &[u8], kind: DocumentKind) -> bool {
    Look::new(format, path, bytes).may_be(kind)
}
