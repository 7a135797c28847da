//! One file a command.

mod cache;
mod convert;
mod db;
mod evidence;
mod explain;
mod policy;
mod scan;
mod schema;
mod why;

use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::arguments::{Arguments, Command};
use crate::source::Accepted;

/// Does what was asked.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Scan(arguments) => scan::run(&arguments, Accepted::All),
        Command::Image(arguments) => scan::run(&arguments, Accepted::Images),
        Command::Fs(arguments) => scan::run(&arguments, Accepted::Trees),
        Command::Sbom(arguments) => scan::run(&arguments, Accepted::Sboms),
        Command::Config(mut arguments) => {
            arguments.scanners = vec!["policy".to_owned()];
            scan::run(&arguments, Accepted::Trees)
        }
        Command::Db(command) => db::run(&command),
        Command::Cache(command) => cache::run(&command),
        Command::Policy(command) => policy::run(&command),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Schema { what } => schema::run(what),
        Command::Completions { shell } => {
            // Into memory first: it panics when its reader goes away.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "portcullis", &mut script);
            std::io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(&mut std::io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
