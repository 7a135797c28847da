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

use crate::arguments::{Arguments, Command, Later};
use crate::source::Accepted;

/// Does what was asked.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Scan(Later(arguments)) => scan::run(&arguments, Accepted::All),
        Command::Image(Later(arguments)) => scan::run(&arguments, Accepted::Images),
        Command::Fs(Later(arguments)) => scan::run(&arguments, Accepted::Trees),
        Command::Sbom(Later(arguments)) => scan::run(&arguments, Accepted::Sboms),
        Command::Config(Later(mut arguments)) => {
            arguments.scanners = vec!["policy".to_owned()];
            scan::run(&arguments, Accepted::Trees)
        }
        Command::Db(Later(command)) => db::run(&command),
        Command::Cache(Later(command)) => cache::run(&command),
        Command::Policy(Later(command)) => policy::run(&command),
        Command::Explain(Later(arguments)) => explain::run(&arguments),
        Command::Convert(Later(arguments)) => convert::run(&arguments),
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
