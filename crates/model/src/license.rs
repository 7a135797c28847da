//! A licence as evidence states it, and whether that is an expression of SPDX.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is longer is the text of a licence, not its name.
const LONGEST: usize = 4096;

/// What SPDX calls valid, with the identifiers it has deprecated: evidence is full of `GPL-2.0`.
const MODE: spdx::ParseMode = spdx::ParseMode {
    allow_deprecated: true,
    allow_slash_as_or_operator: false,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_unknown: false,
};

/// A licence as evidence states it: an SPDX expression (SPDX 2.3, annex D) or any other short text. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct License {
    text: Cow<'static, str>,
    is_expression: bool,
}

impl License {
    /// What a file states; `None` for nothing, and for more than the name of a licence.
    pub fn stated(text: &str) -> Option<License> {
        let text = text.trim();
        if let Some(usual) = USUAL.into_iter().find(|usual| *usual == text) {
            return Some(License { text: Cow::Borrowed(usual), is_expression: true });
        }
        let is_name = !text.is_empty() && text.len() <= LONGEST;
        let is_expression = || is_identifier(text) || spdx::Expression::parse_mode(text, MODE).is_ok();
        is_name.then(|| License { text: Cow::Owned(text.to_owned()), is_expression: is_expression() })
    }

    /// Several, of which one may be chosen.
    pub fn any_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<License> {
        License::stated(&texts.into_iter().filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join(" OR "))
    }

    /// As it is stated.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same where it is an SPDX expression.
    pub fn expression(&self) -> Option<&str> {
        self.is_expression.then_some(&self.text)
    }
}

/// What most packages state: the list, which is long, need not be asked for them, and none of them is copied.
const USUAL: [&str; 8] =
    ["MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "MPL-2.0", "MIT OR Apache-2.0", "Apache-2.0 OR MIT"];

/// Most state one identifier, which needs no parser. Behind a `+` the list looks for what stands before it.
fn is_identifier(text: &str) -> bool {
    !text.ends_with('+') && spdx::license_id(text).is_some()
}

impl TryFrom<String> for License {
    type Error = String;

    fn try_from(text: String) -> Result<License, String> {
        License::stated(&text).ok_or_else(|| format!("a licence is a text of 1 to {LONGEST} bytes"))
    }
}

impl From<License> for String {
    fn from(license: License) -> String {
        license.text.into_owned()
    }
}

impl fmt::Display for License {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, is_expression: bool) {
        let license = License::stated(text).expect("a licence");
        assert_eq!(license.expression().is_some(), is_expression, "{text}");
    }

    #[test]
    fn expressions_are_told_from_texts() {
        check("MIT", true);
        check("MIT OR Apache-2.0", true);
        check("(MIT AND BSD-3-Clause) OR GPL-2.0-only WITH Classpath-exception-2.0", true);
        check("GPL-2.0", true);
        check("GPL-2.0+", true);
        check("Apache-2.0++", false);
        check("mit", false);
        check("LicenseRef-Company", true);
        check("MIT/Apache-2.0", false);
        check("Apache License, Version 2.0", false);
        check("BSD", false);
        check("GPLv2+ and MIT", false);
    }

    #[test]
    fn usual_ones_are_expressions() {
        assert!(USUAL.iter().all(|text| spdx::Expression::parse_mode(text, MODE).is_ok()));
    }

    #[test]
    fn a_text_is_no_name() {
        assert_eq!(License::stated("  "), None);
        assert_eq!(License::stated(&"x".repeat(LONGEST + 1)), None);
        assert_eq!(License::any_of(["MIT", "", "ISC"]).as_ref().map(License::as_str), Some("MIT OR ISC"));
    }
}
