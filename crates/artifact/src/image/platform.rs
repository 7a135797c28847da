//! For which machine an image is, and which one to take.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::ImageConfig;
use crate::OpenError;

/// For which machine an image is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Platform {
    #[serde(default)]
    pub(crate) os: String,
    #[serde(default)]
    pub(crate) architecture: String,
    #[serde(default)]
    pub(crate) variant: Option<String>,
}

impl Platform {
    /// What a configuration says; `None` where it says nothing, or no words.
    pub(super) fn of(config: &ImageConfig) -> Option<Platform> {
        let variant = config.variant.clone().filter(|variant| !variant.is_empty());
        let platform = Platform { os: config.os.clone(), architecture: config.architecture.clone(), variant };
        platform.is_plain().then_some(platform)
    }

    /// All of it is words.
    pub(super) fn is_plain(&self) -> bool {
        is_word(&self.os) && is_word(&self.architecture) && self.variant.as_deref().is_none_or(is_word)
    }

    /// Attestations are filed under a platform that is none.
    pub(crate) fn is_unknown(&self) -> bool {
        self.os == "unknown" && self.architecture == "unknown"
    }

    /// Whether this is what was asked for. A variant that was not asked for may be any, and the only 64-bit ARM there
    /// is need not be named.
    pub(crate) fn satisfies(&self, asked: &Platform) -> bool {
        let plain = |platform: &Platform| match (platform.architecture.as_str(), platform.variant.as_deref()) {
            (_, None | Some("")) | ("arm64", Some("v8")) | ("amd64", Some("v1")) => None,
            (_, Some(variant)) => Some(variant.to_owned()),
        };
        let same_variant = plain(asked).is_none() || plain(asked) == plain(self);
        self.os == asked.os && self.architecture == asked.architecture && same_variant
    }
}

/// Which of several to take: the one asked for; by default `linux/amd64`, else the first for Linux, else the first.
/// `None` where the one asked for is not there.
pub(super) fn choose(platforms: &[Option<Platform>], asked: Option<&Platform>) -> Option<usize> {
    let first =
        |test: &dyn Fn(&Platform) -> bool| platforms.iter().position(|platform| platform.as_ref().is_some_and(test));
    match asked {
        Some(asked) => first(&|platform| platform.satisfies(asked)),
        None => first(&|platform| platform.os == "linux" && platform.architecture == "amd64")
            .or_else(|| first(&|platform| platform.os == "linux"))
            .or(if platforms.is_empty() { None } else { Some(0) }),
    }
}

fn is_word(part: &str) -> bool {
    !part.is_empty() && part.len() <= 64 && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

impl FromStr for Platform {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Platform, OpenError> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [os, architecture, variant @ ..] if variant.len() <= 1 && parts.iter().all(|part| is_word(part)) => {
                Ok(Platform {
                    os: (*os).to_owned(),
                    architecture: (*architecture).to_owned(),
                    variant: variant.first().map(|variant| (*variant).to_owned()),
                })
            }
            _ => Err(OpenError::Platform(text.to_owned())),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        match self.variant.as_deref() {
            None | Some("") => Ok(()),
            Some(variant) => write!(f, "/{variant}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(available: &[&str], asked: Option<&str>, expected: Option<usize>) {
        let available: Vec<_> = available.iter().map(|text| Some(text.parse().expect("a platform"))).collect();
        let asked: Option<Platform> = asked.map(|text| text.parse().expect("a platform"));
        assert_eq!(choose(&available, asked.as_ref()), expected);
    }

    #[test]
    fn chooses() {
        check(&["linux/arm64/v8", "linux/amd64"], None, Some(1));
        check(&["windows/amd64", "linux/s390x"], None, Some(1));
        check(&["windows/amd64"], None, Some(0));
        check(&[], None, None);
        check(&["linux/amd64", "linux/arm64/v8"], Some("linux/arm64"), Some(1));
        check(&["linux/arm/v6", "linux/arm/v7"], Some("linux/arm/v7"), Some(1));
        check(&["linux/arm/v6", "linux/arm/v7"], Some("linux/arm"), Some(0));
        check(&["linux/amd64"], Some("linux/riscv64"), None);
    }

    #[test]
    fn refuses_what_is_no_platform() {
        for text in ["", "linux", "linux/", "linux/a/b/c", "linux/a b"] {
            assert!(matches!(text.parse::<Platform>(), Err(OpenError::Platform(_))), "{text}");
        }
    }
}
