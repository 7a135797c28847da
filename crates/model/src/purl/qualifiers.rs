//! The qualifiers of a package URL: few, and sorted by key.

use super::PurlError;

/// Keys with values that are not empty, sorted by key. Most package URLs have none or one, of which a list of a hundred
/// thousand packages keeps one each: a tree would take eleven times the room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Qualifiers(Box<[(String, String)]>);

impl Qualifiers {
    /// Pairs without a value are left out; a key that occurs twice is refused.
    pub(super) fn collect<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Qualifiers, PurlError> {
        let pairs = pairs.into_iter().map(|(key, value)| Ok((checked(key)?, value.to_owned())));
        let mut pairs: Vec<(String, String)> = pairs.collect::<Result<_, PurlError>>()?;
        pairs.sort();
        if let Some(twice) = pairs.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(PurlError::Qualifier(twice[0].0.clone()));
        }
        pairs.retain(|(_, value)| !value.is_empty());
        Ok(Qualifiers(pairs.into()))
    }

    /// Sets the value of a key; an empty one removes it.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Result<(), PurlError> {
        let key = checked(key)?;
        let others = self.0.iter().filter(|(other, _)| *other != key).cloned();
        let new = (!value.is_empty()).then(|| (key.clone(), value.to_owned()));
        let mut pairs: Vec<(String, String)> = others.chain(new).collect();
        pairs.sort();
        self.0 = pairs.into();
        Ok(())
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(other, _)| *other == key).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

fn checked(key: &str) -> Result<String, PurlError> {
    let lower = key.to_ascii_lowercase();
    let fits = lower.starts_with(|first: char| first.is_ascii_alphabetic())
        && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    if fits { Ok(lower) } else { Err(PurlError::Qualifier(key.to_owned())) }
}
