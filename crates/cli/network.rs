//! What the environment and options say of the network, for images of registries and for advisory data.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Context as _;
use portcullis::network::{Host, Proxies, Secret};

/// The proxies of the environment. `HTTP_PROXY` in capitals is not asked: a web server sets it from what its clients send.
pub(crate) fn proxies() -> Proxies {
    Proxies {
        http: proxy(&["http_proxy", "all_proxy", "ALL_PROXY"]),
        https: proxy(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]),
        except: text("no_proxy").or_else(|| text("NO_PROXY")),
    }
}

/// The files of certificates that an option names.
pub(crate) fn certificates(option: &str, paths: &[PathBuf]) -> anyhow::Result<Vec<Vec<u8>>> {
    let read =
        |path: &PathBuf| std::fs::read(path).with_context(|| format!("{option}: could not read {}", path.display()));
    paths.iter().map(read).collect()
}

/// The hosts that an option names.
pub(crate) fn hosts(option: &str, words: &[String]) -> anyhow::Result<Vec<Host>> {
    words.iter().map(|word| word.parse().with_context(|| option.to_owned())).collect()
}

/// A variable that is set to a text.
pub(crate) fn text(name: &str) -> Option<String> {
    variable(name)?.into_string().ok()
}

/// A variable that is set.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The first that is set.
fn proxy(names: &[&str]) -> Option<Secret> {
    names.iter().find_map(|name| text(name)).map(Secret::new)
}
