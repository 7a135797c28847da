//! What a registry wants to be shown: the `WWW-Authenticate` header (RFC 7235, Docker token authentication).

use http_auth::ChallengeParser;

/// What a registry wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Challenge {
    /// User and password with each request.
    Basic,
    /// A token that another server gives.
    Bearer { realm: String, service: Option<String> },
}

/// The first challenge that can be answered; tokens before passwords.
pub(super) fn read<'h>(headers: impl Iterator<Item = &'h str>) -> Option<Challenge> {
    let mut basic = None;
    for challenge in headers.flat_map(ChallengeParser::new).map_while(Result::ok) {
        if challenge.scheme.eq_ignore_ascii_case("basic") {
            basic = Some(Challenge::Basic);
        } else if challenge.scheme.eq_ignore_ascii_case("bearer") {
            let named = |name: &str| {
                let found = challenge.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.map(|(_, value)| value.to_unescaped())
            };
            if let Some(realm) = named("realm") {
                return Some(Challenge::Bearer { realm, service: named("service") });
            }
        }
    }
    basic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_registries_say() {
        assert_eq!(read([r#"Basic realm="Registry""#].into_iter()), Some(Challenge::Basic));
        let bearer = Challenge::Bearer { realm: "https://a.example/token".into(), service: Some("r.example".into()) };
        let header = r#"Basic realm="x", Bearer realm="https://a.example/token",service="r.example",scope="s""#;
        assert_eq!(read([header].into_iter()), Some(bearer));
        assert_eq!(read(["Negotiate", "Bearer", "\u{1}\u{2}"].into_iter()), None);
    }
}
