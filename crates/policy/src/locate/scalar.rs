//! A leaf that is necessary: is it the cause, or only named in the message?

use model::Segment;

use super::oracle::{Presence, Spent};
use super::{Cause, Grade, Search, is_identity, probe};
use crate::rego::{Value, at, with};

impl Search<'_> {
    pub(super) fn explain_scalar(&mut self, base: &Value, path: &[Segment], value: &Value) -> Result<Cause, Spent> {
        let is_identity = is_identity(path);
        for probe in probe::instead_of(value) {
            let input = with(base, path, Some(probe.clone()));
            if self.oracle.presence(&input, value, &probe)? == Presence::Gone {
                let is_command = matches!(path, [Segment::Index(_), Segment::Key(key)] if key == "Cmd");
                let is_command = is_command && *value != Value::from("from");
                let grade = match is_identity {
                    true if is_command => Grade::Command,
                    true => Grade::Identity,
                    false => Grade::Value,
                };
                return Ok(Cause::new(path.to_vec(), grade));
            }
            // A name is worth one question: it is hardly ever what is judged.
            if is_identity {
                break;
            }
        }
        Ok(Cause::new(path.to_vec(), if is_identity { Grade::NamedIdentity } else { Grade::Named }))
    }

    /// A second look at a leaf that the message names: with one of the values that the rule itself mentions, is the result gone?
    pub(super) fn look_again(&mut self, base: &Value, cause: Cause) -> Result<Cause, Spent> {
        let Some(old) = at(base, &cause.path).filter(|_| cause.grade == Grade::Named).cloned() else {
            return Ok(cause);
        };
        for probe in probe::literals(self.mentions).filter(|probe| *probe != old) {
            let input = with(base, &cause.path, Some(probe.clone()));
            if self.oracle.presence(&input, &old, &probe)? == Presence::Gone {
                return Ok(Cause { grade: Grade::Value, ..cause });
            }
        }
        Ok(cause)
    }
}
