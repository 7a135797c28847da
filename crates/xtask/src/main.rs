//! Chores of this repository: test set-up, generated files.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod capture;
mod demo;
mod dist;
mod embed;
mod embed_policies;
mod oracle;
mod setup;
mod test;

use anyhow::bail;

const USAGE: &str = "\
cargo xtask <chore>

  test [ARGS...]        install what the tests need (says what), then run them; ARGS go to cargo test
  demo [--check]        make the image of fixtures/demo; with --check only compare it
  dist [--plain]        build the program as it is shipped, linked statically and quick where a training run spent its time (with --plain
                        without that run), into target/dist
  embed-advisories      build the embedded snapshot from the shared advisory sets
  embed-policies        compile the built-in policies, whenever one of them changed
  capture               run the demo and draw docs/demo.svg
  oracle [NAME...]      hold the orderings of versions against their reference implementations, and record the answers
  oracle policy [NAME]  hold the policy engine against OPA, Conftest and gator (built with go install), and record the answers
  setup                 only install and make what the tests need
";

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let chore = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match chore.as_str() {
        "test" => test::run(&rest),
        "capture" => capture::run(),
        "demo" => demo::run(&rest),
        "dist" => dist::run(&rest),
        "embed-advisories" => embed::run(&rest),
        "embed-policies" => embed_policies::run(),
        "oracle" => oracle::run(&rest),
        "setup" => setup::run().map(|_| ()),
        other => {
            eprint!("{USAGE}");
            bail!("no chore is called `{other}`")
        }
    }
}
