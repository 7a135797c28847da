//! `cargo xtask embed-policies`: the built-in rules, compiled.

use anyhow::bail;
use policy::{Options, PolicyFile, Precompiled, Trust};

use crate::setup::workspace;

const TARGET: &str = "policies/compiled.bin";

/// Compiles what the policies of this build say. To be run again whenever one of their texts changes.
pub(crate) fn run() -> anyhow::Result<()> {
    let bytes = compiled()?;
    std::fs::write(workspace().join(TARGET), &bytes)?;
    println!("{TARGET}: {} bytes, {} modules", bytes.len(), policies::MODULES.len());
    let bytes: &'static [u8] = bytes.leak();
    let Some(written) = Precompiled::open(bytes, policies::STAMP, &Options::default().data) else {
        bail!("what was written cannot be read");
    };
    for missing in written.missing() {
        println!("not compiled: {missing}");
    }
    Ok(())
}

fn compiled() -> anyhow::Result<Vec<u8>> {
    let file = |module: &policies::Module| PolicyFile {
        name: module.path.to_owned(),
        text: module.text.to_owned(),
        trust: Trust::Builtin,
    };
    let (set, errors) = policy::load(policies::MODULES.iter().map(file).collect(), &Options::default());
    if let Some(error) = errors.first() {
        bail!("{error}");
    }
    Ok(set.precompile(policies::STAMP, &policies::uncompiled()))
}
