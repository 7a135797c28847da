//! Images of registries and container engines: their options, and what the environment says of them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use portcullis::Source;
use portcullis::registry::{Access, Daemon, DockerConfig, Engine, Login, Reference, Retries, Secret, Timeouts};

use crate::network::{self, text, variable};

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Registries")]
pub(crate) struct RegistryArguments {
    /// Trust the certificates of this PEM file beside the system's; repeatable
    #[arg(long = "registry-ca", value_name = "FILE", env = "PORTCULLIS_REGISTRY_CA", value_delimiter = ',')]
    certificates: Vec<PathBuf>,
    /// Speak to this registry without TLS; repeatable
    #[arg(long, value_name = "HOST[:PORT]", env = "PORTCULLIS_PLAIN_HTTP", value_delimiter = ',')]
    plain_http: Vec<String>,
    /// A token server or blob store in a private network that a registry may lead to; this token server gets the
    /// credentials; repeatable
    #[arg(
        long = "registry-trust",
        value_name = "HOST[:PORT]",
        env = "PORTCULLIS_REGISTRY_TRUST",
        value_delimiter = ','
    )]
    trusted: Vec<String>,
    /// Let the credential helpers that the Docker configuration names be run
    #[arg(long, env = "PORTCULLIS_CREDENTIAL_HELPERS", value_parser = crate::arguments::truth())]
    credential_helpers: bool,
    /// Follow the addresses that a manifest gives for foreign layers
    #[arg(long, env = "PORTCULLIS_FOREIGN_LAYERS", value_parser = crate::arguments::truth())]
    foreign_layers: bool,
    /// The longest time for one document or layer [default: 1800]
    #[arg(long, value_name = "SECONDS", env = "PORTCULLIS_REGISTRY_TIMEOUT")]
    registry_timeout: Option<u64>,
    /// The longest wait for an answer, and for a next byte [default: 30]
    #[arg(long, value_name = "SECONDS", env = "PORTCULLIS_REGISTRY_IDLE_TIMEOUT")]
    registry_idle_timeout: Option<u64>,
    /// How often in a row a request may fail and be tried again [default: 4]
    #[arg(long, value_name = "N", env = "PORTCULLIS_REGISTRY_RETRIES")]
    registry_retries: Option<u32>,
}

impl RegistryArguments {
    /// The options, and what the environment adds: credentials, the Docker configuration, proxies.
    pub(crate) fn access(&self) -> anyhow::Result<Access> {
        let usual = Timeouts::default();
        let seconds = |given: Option<u64>, usual| given.map_or(usual, Duration::from_secs);
        Ok(Access {
            login: login()?,
            docker_config: docker_config()?,
            credential_helpers: self.credential_helpers,
            certificates: network::certificates("--registry-ca", &self.certificates)?,
            plain_http: network::hosts("--plain-http", &self.plain_http)?,
            trusted: network::hosts("--registry-trust", &self.trusted)?,
            foreign_layers: self.foreign_layers,
            proxies: network::proxies(),
            timeouts: Timeouts {
                total: seconds(self.registry_timeout, usual.total),
                idle: seconds(self.registry_idle_timeout, usual.idle),
                first_byte: seconds(self.registry_idle_timeout, usual.first_byte),
                ..usual
            },
            retries: self.registry_retries.map(Retries).unwrap_or_default(),
        })
    }
}

/// A source with one of the prefixes `registry`, `docker` and `podman`.
pub(crate) fn source(prefix: &str, rest: &str) -> anyhow::Result<Source> {
    let (engine, sockets) = match prefix {
        "docker" => (Engine::Docker, docker_sockets()?),
        "podman" => (Engine::Podman, podman_sockets()?),
        _ => return Ok(Source::Registry(Box::new(rest.parse::<Reference>()?))),
    };
    if rest.is_empty() {
        bail!("{prefix}: must be followed by the name or id of an image");
    }
    Ok(Source::Daemon(Daemon { engine, sockets, image: rest.to_owned() }))
}

/// A word that is plainly a reference: it has a registry, a tag or a digest. Any plain word would be one of Docker Hub,
/// and a path that was mistyped is nobody's business there.
pub(crate) fn detect(word: &str) -> Option<Source> {
    let (first, rest) = word.split_once('/').unwrap_or(("", word));
    let has_host = first == "localhost" || first.contains(['.', ':']);
    if !(has_host || rest.contains([':', '@'])) {
        return None;
    }
    word.parse::<Reference>().ok().map(|reference| Source::Registry(Box::new(reference)))
}

fn login() -> anyhow::Result<Option<Login>> {
    match (text("PORTCULLIS_REGISTRY_USER"), text("PORTCULLIS_REGISTRY_PASSWORD")) {
        (Some(user), Some(password)) => Ok(Some(Login { user, password: Secret::new(password) })),
        (None, None) => Ok(None),
        _ => bail!("PORTCULLIS_REGISTRY_USER and PORTCULLIS_REGISTRY_PASSWORD must both be set, or neither"),
    }
}

fn docker_config() -> anyhow::Result<DockerConfig> {
    let folder = variable("DOCKER_CONFIG").map(PathBuf::from).or_else(|| {
        let home = variable("HOME").or_else(|| variable("USERPROFILE"));
        home.map(|home| PathBuf::from(home).join(".docker"))
    });
    let Some(path) = folder.map(|folder| folder.join("config.json")).filter(|path| path.is_file()) else {
        return Ok(DockerConfig::default());
    };
    let bytes = std::fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
    DockerConfig::parse(&bytes).map_err(|error| anyhow!("{}: {error}", path.display()))
}

fn docker_sockets() -> anyhow::Result<Vec<PathBuf>> {
    if let Some(path) = socket("DOCKER_HOST")? {
        return Ok(vec![path]);
    }
    let own = variable("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("docker.sock"));
    Ok([PathBuf::from("/var/run/docker.sock")].into_iter().chain(own).collect())
}

fn podman_sockets() -> anyhow::Result<Vec<PathBuf>> {
    if let Some(path) = socket("CONTAINER_HOST")? {
        return Ok(vec![path]);
    }
    let own = variable("XDG_RUNTIME_DIR").map(|folder| Path::new(&folder).join("podman/podman.sock"));
    Ok(own.into_iter().chain([PathBuf::from("/run/podman/podman.sock")]).collect())
}

/// A socket that the environment names. An engine on another machine is not spoken to.
fn socket(name: &str) -> anyhow::Result<Option<PathBuf>> {
    let Some(address) = text(name) else { return Ok(None) };
    match address.strip_prefix("unix://") {
        Some(path) => Ok(Some(PathBuf::from(path))),
        None => bail!("{name}: only unix:///PATH can be read; push the image to a registry, or save it to an archive"),
    }
}
