//! Tokens: Docker token authentication and its OAuth2 form, from the server a registry names. Who that is decides
//! whether it sees credentials: the registry itself, a pair that is known, or a server the user named.

use network::{Ask, Fault, Http, Origin, Secret, body, refusal};
use reqwest::Url;
use serde::Deserialize;

use super::session::{Purpose, Session, basic};
use crate::access::credentials::Credentials;

/// Registries whose token server is known to be another host.
const PAIRS: &[(&str, &str)] = &[("registry-1.docker.io", "auth.docker.io"), ("registry.gitlab.com", "gitlab.com")];

/// No token is longer.
const LONGEST_ANSWER: u64 = 1 << 20;

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    access_token: Option<String>,
}

/// A token to read one repository, or to write to it.
pub(super) async fn fetch(
    session: &Session,
    realm: &str,
    service: Option<&str>,
    credentials: &Credentials,
) -> Result<Secret, Fault> {
    let Session { http, repository, .. } = session;
    let lie = |what: &str| Fault::Lie(format!("{} {what}", http.home));
    let mut url = Url::parse(realm).map_err(|_| lie("names a token server without a valid address"))?;
    let at = Origin::of(&url).ok_or_else(|| lie("names a token server without a valid address"))?;
    if !credentials.is_anonymous() && !may_see_credentials(http, &at) {
        return Err(Fault::Refused(format!(
            "{} wants your credentials to go to the token server {at}; --registry-trust {at} allows it",
            http.home
        )));
    }
    let actions = match session.purpose {
        Purpose::Pull => "pull",
        Purpose::Push => "pull,push",
    };
    let scope = format!("repository:{repository}:{actions}");
    let shown;
    let ask = match credentials {
        Credentials::Identity(token) => {
            let mut form = Url::parse("form:").expect("a plain address");
            form.query_pairs_mut()
                .append_pair("grant_type", "refresh_token")
                .append_pair("client_id", "portcullis")
                .append_pair("service", service.unwrap_or_default())
                .append_pair("scope", &scope)
                .append_pair("refresh_token", token.expose());
            Ask { form: form.query().map(str::to_owned), ..Ask::default() }
        }
        _ => {
            let mut query = url.query_pairs_mut();
            if let Some(service) = service {
                query.append_pair("service", service);
            }
            query.append_pair("scope", &scope);
            drop(query);
            shown = match credentials {
                Credentials::Basic(login) => Some(basic(login)),
                _ => None,
            };
            Ask { authorization: shown.as_ref(), ..Ask::default() }
        }
    };
    let response = http.send(url, &ask).await?;
    let host = at.to_string();
    if let Some(fault) = refusal(&response, &host, "a token", session.access.hints(&http.home)) {
        return Err(fault);
    }
    let bytes = body(http, response, &host, ("token", LONGEST_ANSWER)).await?;
    let answer: Answer = serde_json::from_slice(&bytes).map_err(|_| Fault::Lie(format!("{at} gave no valid token")))?;
    let token = answer.token.or(answer.access_token).filter(|token| !token.is_empty());
    token.map(Secret::new).ok_or_else(|| Fault::Lie(format!("{at} gave no token")))
}

fn may_see_credentials(http: &Http, at: &Origin) -> bool {
    let is_pair = at.tls && at.port == 443 && PAIRS.contains(&(http.home.name.as_str(), at.name.as_str()));
    is_pair || http.is_named(at)
}
