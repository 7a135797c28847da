//! Container engines on this machine: the Docker Engine API over a Unix socket, which Podman speaks too.

use std::path::PathBuf;

use artifact::{Artifact, OpenError, Options};
use model::Cancel;
use network::{Fault, Outgoing, Runtime, Timeouts, Wait, pipe, transport, trusting_nobody, watch};
use reqwest::{Client, Response, Url};

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The Docker Engine.
    Docker,
    /// Podman.
    Podman,
}

/// An image of an engine.
#[derive(Clone, Debug)]
pub struct Daemon {
    /// Which engine.
    pub engine: Engine,
    /// Where its socket may be; the first that exists counts.
    pub sockets: Vec<PathBuf>,
    /// The image, by name or id.
    pub image: String,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Engine::Docker => "Docker",
            Engine::Podman => "Podman",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Engine::Docker => "start Docker, or name its socket with DOCKER_HOST=unix:///PATH",
            Engine::Podman => {
                "run `systemctl --user start podman.socket`, or name its socket with CONTAINER_HOST=unix:///PATH"
            }
        }
    }
}

impl Daemon {
    /// Has the engine export the image, and opens what comes.
    pub fn open(&self, timeouts: Timeouts, options: &Options, cancel: &Cancel) -> Result<Artifact, OpenError> {
        let fault = |fault: Fault| crate::open_error(&fault);
        let runtime = Runtime::start().map_err(fault)?;
        let export = Export { daemon: self.clone(), timeouts, cancel: cancel.clone() };
        let response = runtime.run({
            let export = export.clone();
            async move { export.begin().await }
        });
        let response = response.map_err(fault)?;
        let (sender, incoming) = pipe();
        runtime.spawn(async move { export.pass(response, &sender).await });
        artifact::open_reader(&self.image, incoming, options)
    }
}

/// One export.
#[derive(Clone)]
struct Export {
    daemon: Daemon,
    timeouts: Timeouts,
    cancel: Cancel,
}

impl Export {
    async fn begin(&self) -> Result<Response, Fault> {
        let Daemon { engine, sockets, image } = &self.daemon;
        let name = engine.name();
        let Some(socket) = sockets.iter().find(|socket| socket.exists()) else {
            let tried = sockets.iter().map(|socket| socket.display().to_string()).collect::<Vec<_>>().join(", ");
            return Err(Fault::Refused(format!("{name} has no socket at {tried}; {}", engine.hint())));
        };
        let shown = socket.display();
        let mut url = Url::parse("http://localhost/images").expect("a plain address");
        url.path_segments_mut().expect("it has a path").extend([image.as_str(), "get"]);
        let builder = Client::builder().no_proxy().http1_only().redirect(reqwest::redirect::Policy::none());
        // The socket needs no TLS, the client asks for one all the same.
        let client = builder.unix_socket(socket.as_path()).tls_backend_preconfigured(trusting_nobody()?).build();
        let client = client.map_err(|_| Fault::Refused(format!("{name} cannot be spoken to at {shown}")))?;
        // An engine gathers an image before it gives the first byte of it.
        let wait = Wait { host: name, what: "gave no answer", limit: self.timeouts.total };
        let sent = watch(&self.cancel, wait, client.get(url).send()).await?;
        let response = sent.map_err(|error| match transport(name, error) {
            Fault::Transport { reason, .. } => {
                Fault::Refused(format!("{name} refuses at its socket {shown}: {reason}; {}", engine.hint()))
            }
            fault => fault,
        })?;
        match response.status().as_u16() {
            200 => Ok(response),
            404 => Err(Fault::Missing(format!("{name}: the image {image}"))),
            status => Err(Fault::Status { host: name.to_owned(), status }),
        }
    }

    async fn pass(&self, mut response: Response, to: &Outgoing) {
        let begun = std::time::Instant::now();
        loop {
            let left = self.timeouts.total.saturating_sub(begun.elapsed());
            let host = self.daemon.engine.name();
            let wait = Wait { host, what: "gave no more bytes", limit: self.timeouts.idle.min(left) };
            let piece = match watch(&self.cancel, wait, response.chunk()).await {
                Ok(Ok(None)) => return,
                Ok(Ok(Some(bytes))) => {
                    let mut piece = to.room(bytes.len());
                    piece.extend_from_slice(&bytes);
                    Ok(piece)
                }
                Ok(Err(error)) => Err(transport(host, error)),
                Err(fault) => Err(fault),
            };
            let ended = piece.is_err();
            if !to.give(piece).await || ended {
                return;
            }
        }
    }
}
