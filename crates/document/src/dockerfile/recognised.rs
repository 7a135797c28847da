//! What `parse-dockerfile` takes for instructions.

use std::collections::BTreeSet;

use model::{Problem, ProblemKind};
use parse_dockerfile::{Error, Instruction};

use crate::source::Source;

/// Where the parser stopped, and what it had taken before.
pub(super) struct Fault {
    /// 1-based; 0 for a fault of the whole file.
    pub(super) line: usize,
    pub(super) good: BTreeSet<usize>,
    message: String,
}

/// The offset of every instruction.
pub(super) fn starts(text: &str, base: usize) -> Result<BTreeSet<usize>, Fault> {
    let mut good = BTreeSet::new();
    let instructions = parse_dockerfile::parse_iter(text).map_err(|error| Fault::new(&error, BTreeSet::new()))?;
    for instruction in instructions {
        match instruction {
            Ok(instruction) => good.extend(start(&instruction).map(|start| start + base)),
            Err(error) => return Err(Fault::new(&error, good)),
        }
    }
    Ok(good)
}

/// True when tools fill in the text before a builder sees it.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

impl Fault {
    fn new(error: &Error, good: BTreeSet<usize>) -> Fault {
        const MOST: usize = 100;
        // The message repeats words of the file, which may be long and hold anything.
        let message = format!("{error:#}").chars().filter(|character| !character.is_control()).take(MOST).collect();
        Fault { line: error.line(), good, message }
    }

    /// The offset of the line in the text of the file.
    pub(super) fn line_start(&self, text: &str) -> usize {
        text.split_inclusive('\n').take(self.line.saturating_sub(1)).map(str::len).sum()
    }

    pub(super) fn problem(&self, source: &Source<'_>, offset: usize, lost: &str) -> Problem {
        if is_template(source.text) {
            return source.template_problem(offset);
        }
        source.error(ProblemKind::Syntax, offset, format!("no valid Dockerfile: {}, {lost}", self.message))
    }
}

fn start(instruction: &Instruction<'_>) -> Option<usize> {
    let keyword = match instruction {
        Instruction::Add(instruction) => &instruction.add,
        Instruction::Arg(instruction) => &instruction.arg,
        Instruction::Cmd(instruction) => &instruction.cmd,
        Instruction::Copy(instruction) => &instruction.copy,
        Instruction::Entrypoint(instruction) => &instruction.entrypoint,
        Instruction::Env(instruction) => &instruction.env,
        Instruction::Expose(instruction) => &instruction.expose,
        Instruction::From(instruction) => &instruction.from,
        Instruction::Healthcheck(instruction) => &instruction.healthcheck,
        Instruction::Label(instruction) => &instruction.label,
        Instruction::Maintainer(instruction) => &instruction.maintainer,
        Instruction::Onbuild(instruction) => &instruction.onbuild,
        Instruction::Run(instruction) => &instruction.run,
        Instruction::Shell(instruction) => &instruction.shell,
        Instruction::Stopsignal(instruction) => &instruction.stopsignal,
        Instruction::User(instruction) => &instruction.user,
        Instruction::Volume(instruction) => &instruction.volume,
        Instruction::Workdir(instruction) => &instruction.workdir,
        // An instruction of a later version is one that we do not see: the starts will not agree.
        _ => return None,
    };
    Some(keyword.span.start)
}
