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

/// Up to this size memory is taken from the heap, and what is given back stays there.
const HEAP: usize = 2 << 20;

fn main() -> ExitCode {
    keep_memory();
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(exit::USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match command::run(arguments.command) {
        Ok(code) => code,
        Err(error) => exit::report_failure(&error),
    }
}

/// Has the process keep memory that it gives back, for it will want it again soon. The allocator of glibc learns from the first large
/// block that is given back how much to keep; until then it returns what is free at the end of the heap, and takes every larger block
/// from the system anew, each page of which costs as much as reading it.
fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(HEAP)));
}
