//! The Docker configuration file, `config.json`, as far as it is about credentials (docker/cli, `configfile`).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use network::{Host, Origin, Secret};
use serde::Deserialize;

use super::Login;
use super::credentials::Credentials;

/// What a Docker configuration file says of credentials.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DockerConfig {
    #[serde(default)]
    auths: BTreeMap<String, Entry>,
    #[serde(default)]
    creds_store: Option<String>,
    #[serde(default)]
    cred_helpers: BTreeMap<String, String>,
}

#[derive(Clone, Default, Deserialize)]
struct Entry {
    #[serde(default)]
    auth: Option<String>,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    identitytoken: Option<String>,
    #[serde(default)]
    registrytoken: Option<String>,
}

/// Docker Hub's credentials have always been filed under this name.
const HUB_KEY: &str = "https://index.docker.io/v1/";
pub(crate) const HUB: &str = "registry-1.docker.io";

impl DockerConfig {
    /// Reads the file's bytes. The error names no content: the file holds passwords.
    pub fn parse(bytes: &[u8]) -> Result<DockerConfig, String> {
        serde_json::from_slice(bytes).map_err(|error| {
            format!("no valid Docker configuration (line {}, column {})", error.line(), error.column())
        })
    }

    /// Credentials that stand in the file itself.
    pub(crate) fn stored(&self, origin: &Origin) -> Option<Credentials> {
        let (_, entry) = self.auths.iter().find(|(key, _)| is_for(key, origin))?;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        if let Some(token) = given(&entry.registrytoken) {
            return Some(Credentials::Bearer(Secret::new(token)));
        }
        let decoded = given(&entry.auth).and_then(|auth| decode(&auth));
        if let Some(token) = given(&entry.identitytoken) {
            return Some(Credentials::Identity(Secret::new(token)));
        }
        let (user, password) = decoded.or_else(|| Some((given(&entry.username)?, given(&entry.password)?)))?;
        Some(Credentials::Basic(Login { user, password: Secret::new(password) }))
    }

    /// The program that has the credentials, and the name it knows them by.
    pub(crate) fn helper(&self, origin: &Origin) -> Option<(&str, String)> {
        let named = self.cred_helpers.iter().find(|(key, _)| is_for(key, origin));
        let key = if origin.name == HUB { HUB_KEY.to_owned() } else { shown(origin) };
        match named {
            Some((key, helper)) => Some((helper, key.clone())),
            None => self.creds_store.as_deref().filter(|store| !store.is_empty()).map(|store| (store, key)),
        }
    }
}

fn shown(origin: &Origin) -> String {
    if origin.port == 443 { origin.name.clone() } else { origin.to_string() }
}

/// Keys are hosts, or the addresses that old versions wrote.
fn is_for(key: &str, origin: &Origin) -> bool {
    if origin.name == HUB {
        return key == HUB_KEY || matches!(host_of(key), "index.docker.io" | "docker.io" | HUB);
    }
    host_of(key).parse::<Host>().is_ok_and(|host| host.is(origin))
}

fn host_of(key: &str) -> &str {
    let bare = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://")).unwrap_or(key);
    bare.split('/').next().unwrap_or(bare)
}

fn decode(auth: &str) -> Option<(String, String)> {
    let text = String::from_utf8(BASE64_STANDARD.decode(auth.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.trim_end_matches('\0').to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(config: &str, host: &str) -> Option<String> {
        let config = DockerConfig::parse(config.as_bytes()).expect("a configuration");
        match config.stored(&host.parse::<Host>().expect("a host").origin(true))? {
            Credentials::Basic(login) => Some(format!("{}/{}", login.user, login.password.expose())),
            Credentials::Identity(token) => Some(format!("identity {}", token.expose())),
            Credentials::Bearer(token) => Some(format!("bearer {}", token.expose())),
            Credentials::Anonymous => None,
        }
    }

    #[test]
    fn entries_are_found_by_host_and_port() {
        let config = r#"{"auths":{"https://index.docker.io/v1/":{"auth":"aHViOmE="},"r.example:5000":{"auth":"bmFtZTpwOnc="},
            "https://old.example/v2/":{"username":"u","password":"p"},"gcr.example":{"identitytoken":"t"},"empty.example":{}}}"#;
        assert_eq!(user(config, HUB).as_deref(), Some("hub/a"));
        assert_eq!(user(config, "r.example:5000").as_deref(), Some("name/p:w"));
        assert_eq!(user(config, "r.example"), None);
        assert_eq!(user(config, "old.example").as_deref(), Some("u/p"));
        assert_eq!(user(config, "gcr.example").as_deref(), Some("identity t"));
        assert_eq!(user(config, "empty.example"), None);
    }

    #[test]
    fn helpers() {
        let config = DockerConfig::parse(br#"{"credsStore":"desktop","credHelpers":{"r.example":"ecr"}}"#);
        let config = config.expect("a configuration");
        let of = |host: &str| config.helper(&host.parse::<Host>().expect("a host").origin(true)).expect("a helper");
        assert_eq!(of("r.example"), ("ecr", "r.example".to_owned()));
        assert_eq!(of("other.example:5000"), ("desktop", "other.example:5000".to_owned()));
        assert_eq!(of(HUB), ("desktop", HUB_KEY.to_owned()));
    }

    #[test]
    fn errors_tell_no_content() {
        let error = DockerConfig::parse(br#"{"auths":{"r":{"auth":"c2VjcmV0"#).err().expect("cut short");
        assert_eq!(error, "no valid Docker configuration (line 1, column 31)");
    }
}
