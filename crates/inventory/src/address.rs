//! Addresses that packages are from, without what lets somebody in: inventories are handed on to strangers.

use std::borrow::Cow;

use model::Provenance;

/// The same place without credentials.
pub(crate) fn without_credentials(provenance: Provenance) -> Provenance {
    let cleaned = |address: String| match public(&address) {
        Cow::Owned(public) => public,
        Cow::Borrowed(_) => address,
    };
    match provenance {
        Provenance::OtherRegistry(address) => Provenance::OtherRegistry(cleaned(address)),
        Provenance::Git(address) => Provenance::Git(cleaned(address)),
        Provenance::Url(address) => Provenance::Url(cleaned(address)),
        Provenance::Registry | Provenance::Path => provenance,
    }
}

/// Of the web, neither user nor password is part of the place, and either may be a token; elsewhere the user is (`ssh://git@…`).
fn public(address: &str) -> Cow<'_, str> {
    let Some(sign) = address.find("://") else { return Cow::Borrowed(address) };
    let start = sign + "://".len();
    let authority = address[start..].split(['/', '?', '#', ' ']).next().unwrap_or_default();
    let Some(host) = authority.rfind('@') else { return Cow::Borrowed(address) };
    let is_web = ["http", "https"].iter().any(|scheme| address[..sign].ends_with(scheme));
    let user = authority[..host].split(':').next().unwrap_or_default();
    let kept = if is_web { "" } else { user };
    if kept == &authority[..host] {
        return Cow::Borrowed(address);
    }
    let between = if kept.is_empty() { "" } else { "@" };
    Cow::Owned(format!("{}{kept}{between}{}", &address[..start], &address[start + host + 1..]))
}

#[cfg(test)]
mod tests {
    use super::public;

    #[test]
    fn credentials_are_no_part_of_a_place() {
        let check = |address: &str, expected: &str| assert_eq!(public(address), expected);
        check("https://me:f3a9@example.org/simple", "https://example.org/simple");
        check("git+https://token@example.org/a.git#1", "git+https://example.org/a.git#1");
        check("ssh://git:f3@9@example.org:22/a", "ssh://git@example.org:22/a");
        for address in [
            "git+ssh://git@example.org/a.git",
            "git@example.org:a/b.git",
            "https://example.org/@scope/a?b=c@d",
            "registry",
        ] {
            check(address, address);
        }
    }
}
