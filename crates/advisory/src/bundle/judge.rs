//! What stands against a bundle: who signed it, whether it is what was signed, and whether its time is right.

use std::path::Path;

use jiff::Timestamp;
use minisign::SignatureBox;
use minisign_verify::Signature;
use model::{DataOrigin, DataOverride, OriginKind};

use super::key::{TrustedKey, id_of};
use super::origin::{self, Installed};
use super::read::Bundle;
use crate::build::BuildError;

/// What a bundle is held against.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    /// Whose signature counts.
    pub keys: &'a [TrustedKey],
    /// The date of judgement.
    pub now: Timestamp,
    /// What may stand against it all the same.
    pub allowed: &'a [DataOverride],
}

/// One thing that stands against a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFault {
    /// What would have to be allowed.
    pub kind: DataOverride,
    /// What is wrong, in one sentence.
    pub message: String,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// It is in place, with what was allowed.
    Installed(DataOrigin),
    /// Nothing was changed: this stands against it and was not allowed.
    Refused(Vec<BundleFault>),
}

impl Bundle {
    /// Puts the snapshot in place, unless something stands against it that was not allowed. `from` names the bundle.
    pub fn import(&self, from: &str, place: &Path, trust: &Trust<'_>) -> Result<Import, BuildError> {
        let faults = self.faults(trust, &origin::installed(place));
        if faults.iter().any(|fault| !trust.allowed.contains(&fault.kind)) {
            let refused = faults.into_iter().filter(|fault| !trust.allowed.contains(&fault.kind));
            return Ok(Import::Refused(refused.collect()));
        }
        let origin = self.origin(from, trust, &faults);
        origin::write_with_origin(self.snapshot(), place, &origin)?;
        Ok(Import::Installed(origin))
    }

    /// All that stands against it.
    pub fn faults(&self, trust: &Trust<'_>, installed: &Result<Option<Installed>, String>) -> Vec<BundleFault> {
        let mut faults: Vec<BundleFault> = self.signer(trust.keys).err().into_iter().collect();
        if !self.is_as_its_manifest_says() {
            faults.push(altered("the snapshot in it is not the one its manifest names"));
        }
        let manifest = self.manifest();
        if manifest.expires <= trust.now {
            let message = format!("it expired at {}", manifest.expires);
            faults.push(BundleFault { kind: DataOverride::Expired, message });
        }
        faults.extend(match installed {
            Ok(installed) => installed.as_ref().and_then(|installed| self.older_than(installed)),
            Err(doubt) => Some(BundleFault {
                kind: DataOverride::Older,
                message: format!("whether it is older is not known: {doubt}"),
            }),
        });
        faults
    }

    fn origin(&self, from: &str, trust: &Trust<'_>, allowed: &[BundleFault]) -> DataOrigin {
        let manifest = self.manifest();
        let mut overrides: Vec<DataOverride> = allowed.iter().map(|fault| fault.kind).collect();
        overrides.sort();
        overrides.dedup();
        DataOrigin {
            kind: OriginKind::Bundle,
            from: from.to_owned(),
            signed_by: self.signer(trust.keys).ok(),
            sequence: Some(manifest.sequence),
            expires: Some(manifest.expires),
            overrides,
        }
    }

    /// The id of the trusted key that signed the manifest.
    fn signer(&self, keys: &[TrustedKey]) -> Result<String, BundleFault> {
        let unsigned = |message: String| BundleFault { kind: DataOverride::Unsigned, message };
        let Some(text) = &self.signature else { return Err(unsigned("it is not signed".to_owned())) };
        let (Ok(signature), Ok(boxed)) = (Signature::decode(text), SignatureBox::from_string(text)) else {
            return Err(altered("its signature cannot be read"));
        };
        let id = id_of(boxed.keynum());
        if keys.is_empty() {
            return Err(unsigned(format!("it is signed by key {id}, and no key is trusted")));
        }
        let Some(key) = keys.iter().find(|key| key.id() == id) else {
            let known: Vec<&str> = keys.iter().map(TrustedKey::id).collect();
            return Err(unsigned(format!("it is signed by key {id}; trusted are {}", known.join(", "))));
        };
        match key.key.verify(self.manifest_text().as_bytes(), &signature, false) {
            Ok(()) => Ok(id),
            Err(_) => Err(altered(&format!("the signature of key {id} is not one of this manifest"))),
        }
    }

    fn older_than(&self, installed: &Installed) -> Option<BundleFault> {
        let (own, known) = (self.manifest().sequence, installed.origin.sequence?);
        let message = match own.cmp(&known) {
            std::cmp::Ordering::Less => format!("its sequence number is {own}; what is installed has {known}"),
            std::cmp::Ordering::Equal if self.manifest().snapshot.digest != installed.digest => {
                format!("it has the sequence number of what is installed ({own}) and another content")
            }
            _ => return None,
        };
        Some(BundleFault { kind: DataOverride::Older, message })
    }
}

fn altered(message: &str) -> BundleFault {
    BundleFault { kind: DataOverride::Altered, message: message.to_owned() }
}
