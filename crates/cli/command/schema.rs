//! `schema`: what the report and the settings file look like, as JSON Schema.

use std::io::Write as _;
use std::process::ExitCode;

use portcullis::model::Report;
use schemars::schema_for;

use crate::arguments::SchemaKind;
use crate::settings::Settings;

/// Prints one schema.
pub(crate) fn run(what: SchemaKind) -> anyhow::Result<ExitCode> {
    let schema = match what {
        SchemaKind::Report => schema_for!(Report),
        SchemaKind::Config => schema_for!(Settings),
    };
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(ExitCode::SUCCESS)
}
