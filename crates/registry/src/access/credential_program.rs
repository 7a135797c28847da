//! Credential helpers: programs `docker-credential-NAME` that give credentials on standard output
//! (docker/docker-credential-helpers). Run only when the caller allows it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::Login;
use super::credentials::Credentials;
use network::Secret;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default)]
    username: String,
    #[serde(default)]
    secret: String,
}

/// What the helper gives for a server; an error says what went wrong and none of what the helper said.
pub(super) fn ask(name: &str, server: &str) -> Result<Credentials, String> {
    // A name is no path: the file that names it may come from anywhere.
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) {
        return Err("the Docker configuration names a credential helper that is no plain name".to_owned());
    }
    let program = format!("docker-credential-{name}");
    let fault = |what: &str| format!("the credential helper `{program}` {what}");
    let child =
        Command::new(&program).arg("get").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|error| fault(&format!("could not be started: {error}")))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A helper that reads nothing fails below.
        let _ = stdin.write_all(server.as_bytes());
    }
    let output = child.wait_with_output().map_err(|error| fault(&format!("failed: {error}")))?;
    if !output.status.success() {
        // How a helper says that it has none.
        return if String::from_utf8_lossy(&output.stdout).contains("credentials not found") {
            Ok(Credentials::Anonymous)
        } else {
            Err(fault("ended with an error"))
        };
    }
    let answer: Answer = serde_json::from_slice(&output.stdout).map_err(|_| fault("gave no valid answer"))?;
    Ok(match answer.username.as_str() {
        "<token>" => Credentials::Identity(Secret::new(answer.secret)),
        _ => Credentials::Basic(Login { user: answer.username, password: Secret::new(answer.secret) }),
    })
}
