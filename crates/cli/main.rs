//! The command line of Portcullis: arguments and settings in, reports and an exit code out. No logic of its own.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod cache;
mod command;
mod exit;
#[cfg(any(feature = "registry", feature = "update"))]
mod network;
mod output;
#[cfg(feature = "update")]
mod progress;
#[cfg(feature = "registry")]
mod registry;
mod settings;
mod source;
mod terminal;

use std::process::ExitCode;

use clap::Parser as _;

#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            if let Some(name) = arguments::variable_of(&error) {
                terminal::note(&format!("the value is from {name} in the environment"));
            }
            return if error.use_stderr() { ExitCode::from(exit::USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match command::run(arguments.command) {
        Ok(code) => code,
        Err(error) => exit::report_failure(&error),
    }
}
