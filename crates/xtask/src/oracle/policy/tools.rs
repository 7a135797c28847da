//! The field's programs, built from their modules into `.cache/oracle/policy/bin`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::prepare;

/// Module path of the program, version, name of the program.
const MODULES: [(&str, &str, &str); 3] = [
    ("github.com/open-policy-agent/opa", "v1.22.3", "opa"),
    ("github.com/open-policy-agent/conftest", "v0.71.1", "conftest"),
    ("github.com/open-policy-agent/gatekeeper/v3/cmd/gator", "v3.23.1", "gator"),
];

/// Where the programs are.
pub(super) struct Tools {
    folder: PathBuf,
    pub(super) opa_version: String,
    pub(super) conftest_version: String,
}

impl Tools {
    /// Builds what is not there in the version wanted.
    pub(super) fn install() -> anyhow::Result<Tools> {
        let folder = prepare::folder("policy/bin")?;
        for (module, version, name) in MODULES {
            let stamp = folder.join(format!("{name}.version"));
            if std::fs::read_to_string(&stamp).is_ok_and(|built| built == version) && folder.join(name).exists() {
                continue;
            }
            println!("building {name} {version} (takes some minutes)");
            let mut install = Command::new("go");
            prepare::done(install.arg("install").arg(format!("{module}@{version}")).env("GOBIN", &folder))?;
            std::fs::write(stamp, version)?;
        }
        let named = |at: usize| format!("{} {}", MODULES[at].2, MODULES[at].1.trim_start_matches('v'));
        Ok(Tools { opa_version: named(0), conftest_version: named(1), folder })
    }

    pub(super) fn opa(&self) -> Command {
        Command::new(self.folder.join("opa"))
    }

    pub(super) fn conftest(&self) -> Command {
        Command::new(self.folder.join("conftest"))
    }

    pub(super) fn gator(&self) -> Command {
        Command::new(self.folder.join("gator"))
    }
}

/// An empty folder for what one comparison gives the programs.
pub(super) fn scratch(name: &str) -> anyhow::Result<PathBuf> {
    let folder = prepare::folder("policy")?.join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// A file with all folders above it.
pub(super) fn put(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, text)?)
}
