//! The answer of the gate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of the gate, the same in every format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// What it is.
    pub outcome: Outcome,
    /// The exit code of the command.
    pub exit_code: ExitCode,
    /// Every reason, the one that decided first.
    pub reasons: Vec<String>,
}

/// What the gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing stands against it.
    Pass,
    /// A finding fails the gate.
    Fail,
    /// Something could not be read.
    Incomplete,
    /// There was nothing to judge.
    Nothing,
    /// Advisory data is missing or too old.
    Stale,
    /// Policies that were to be asked are at fault.
    Misconfigured,
}

/// Exit codes; scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schemars(with = "u8")]
#[repr(u8)]
pub enum ExitCode {
    /// Pass.
    Pass = 0,
    /// Gate failed.
    Fail = 1,
    /// Usage or configuration.
    Usage = 2,
    /// Nothing to scan.
    Nothing = 3,
    /// Incomplete: something could not be read, or a limit was hit.
    Incomplete = 4,
    /// Advisory data missing or too old.
    Stale = 5,
}

impl Outcome {
    /// The exit code of an outcome.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Outcome::Pass => ExitCode::Pass,
            Outcome::Fail => ExitCode::Fail,
            Outcome::Incomplete => ExitCode::Incomplete,
            Outcome::Nothing => ExitCode::Nothing,
            Outcome::Stale => ExitCode::Stale,
            Outcome::Misconfigured => ExitCode::Usage,
        }
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::Incomplete => "incomplete",
            Outcome::Nothing => "nothing",
            Outcome::Stale => "stale",
            Outcome::Misconfigured => "misconfigured",
        }
    }
}

impl From<ExitCode> for u8 {
    fn from(code: ExitCode) -> u8 {
        code as u8
    }
}

impl TryFrom<u8> for ExitCode {
    type Error = String;

    fn try_from(code: u8) -> Result<ExitCode, String> {
        Ok(match code {
            0 => ExitCode::Pass,
            1 => ExitCode::Fail,
            2 => ExitCode::Usage,
            3 => ExitCode::Nothing,
            4 => ExitCode::Incomplete,
            5 => ExitCode::Stale,
            other => return Err(format!("{other} is no exit code: 0 to 5")),
        })
    }
}
