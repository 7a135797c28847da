//! OPA's server, for thousands of programs would take minutes to start.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::Value as Json;

use super::tools::Tools;

/// Longest wait for an answer, and for a server to begin.
const WAIT: Duration = Duration::from_secs(10);
/// Where the policy goes that is asked.
pub(super) const POLICY: &str = "/v1/policies/case";

/// Numbers as each engine writes them; names in order. Sets come as lists in the order of their elements.
pub(super) fn canonical(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Json::Object(members) => {
            let mut members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name:?}:{}", canonical(value))).collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        Json::Number(number) if number.is_f64() => format!("{:e}", number.as_f64().unwrap_or(f64::NAN)),
        Json::Number(number) if number.as_i64().is_some_and(|number| number.unsigned_abs() >> 53 == 0) => {
            format!("{:e}", number.as_f64().unwrap_or(f64::NAN))
        }
        other => other.to_string(),
    }
}

/// OPA's server, which ends with the chore.
pub(super) struct Server {
    child: Child,
    address: String,
}

impl Server {
    pub(super) fn start(tools: &Tools, version: &str) -> anyhow::Result<Server> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let mut command = tools.opa();
        command.args(["run", "--server", version, "--log-level", "error", "--addr", &address]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("opa could not be started")?;
        let server = Server { child, address };
        let start = Instant::now();
        while server.ask("GET", "/health", "").is_err() {
            anyhow::ensure!(start.elapsed() < WAIT, "no server of opa within {WAIT:?}");
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// One request on a connection of its own: status and answer.
    pub(super) fn ask(&self, method: &str, path: &str, body: &str) -> anyhow::Result<(u16, Json)> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(WAIT))?;
        let kind = if path == POLICY { "text/plain" } else { "application/json" };
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).with_context(|| format!("{method} {path}"))?;
        let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a body")?;
        let status =
            head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("an answer without status")?;
        Ok((status, serde_json::from_str(body).unwrap_or_default()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
