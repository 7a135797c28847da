//! Requests to one repository, with whatever the registry wants to be shown.

use std::sync::Mutex;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::Cancel;
use network::{Ask, Fault, Http, Origin, Secret};
use reqwest::{Response, Url};

use super::challenge::{self, Challenge};
use super::reference::Reference;
use super::token;
use crate::access::credentials::Credentials;
use crate::access::{Access, Login};

/// What is done in a repository: what a token has to allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Reading.
    Pull,
    /// Writing, which asks what is there.
    Push,
}

/// One repository.
pub(crate) struct Session {
    pub(crate) http: Http,
    pub(crate) access: Access,
    pub(super) repository: String,
    /// What is done in it.
    pub(super) purpose: Purpose,
    credentials: Credentials,
    /// The header that was good last.
    shown: Mutex<Option<Secret>>,
}

impl Session {
    pub(crate) fn new(
        reference: &Reference,
        purpose: Purpose,
        access: &Access,
        cancel: &Cancel,
    ) -> Result<Session, Fault> {
        let home = reference.origin(access);
        let credentials = access.credentials(&home).map_err(Fault::Refused)?;
        let http = Http::new(home, &access.reach(), cancel)?;
        Ok(Session {
            http,
            access: access.clone(),
            repository: reference.repository().to_owned(),
            purpose,
            credentials,
            shown: Mutex::new(None),
        })
    }

    /// An address in this repository.
    pub(crate) fn url(&self, kind: &str, target: &str) -> Result<Url, Fault> {
        let text = format!("{}/v2/{}/{kind}/{target}", self.http.home.base(), self.repository);
        Url::parse(&text).map_err(|_| Fault::Refused("the reference makes no valid address".to_owned()))
    }

    /// Sends a request to the registry; where it wants to be shown something, once more with that.
    pub(crate) async fn send(&self, url: Url, ask: &Ask<'_>) -> Result<Response, Fault> {
        let known = self.shown();
        let response = self.http.send(url.clone(), &Ask { authorization: known.as_ref(), ..ask.clone() }).await?;
        let at_home = Origin::of(response.url()).as_ref() == Some(&self.http.home);
        if response.status() != 401 || !at_home {
            return Ok(response);
        }
        let headers = response.headers().get_all("www-authenticate").iter();
        let Some(challenge) = challenge::read(headers.filter_map(|value| value.to_str().ok())) else {
            return Ok(response);
        };
        let Some(answer) = self.answer(&challenge).await? else { return Ok(response) };
        *self.shown.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(answer.clone());
        self.http.send(url, &Ask { authorization: Some(&answer), ..ask.clone() }).await
    }

    fn shown(&self) -> Option<Secret> {
        self.shown.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    async fn answer(&self, challenge: &Challenge) -> Result<Option<Secret>, Fault> {
        match (challenge, &self.credentials) {
            (_, Credentials::Bearer(token)) => Ok(Some(bearer(token))),
            (Challenge::Basic, Credentials::Basic(login)) => Ok(Some(basic(login))),
            (Challenge::Basic, _) => Ok(None),
            (Challenge::Bearer { realm, service }, credentials) => {
                let token = token::fetch(self, realm, service.as_deref(), credentials).await?;
                Ok(Some(bearer(&token)))
            }
        }
    }
}

pub(super) fn basic(login: &Login) -> Secret {
    let pair = format!("{}:{}", login.user, login.password.expose());
    Secret::new(format!("Basic {}", BASE64_STANDARD.encode(pair)))
}

fn bearer(token: &Secret) -> Secret {
    Secret::new(format!("Bearer {}", token.expose()))
}
