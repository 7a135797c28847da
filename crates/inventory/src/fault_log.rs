//! Problems of one file, located and bounded: a file of garbage must not become a million problems.

use model::{Origin, Problem, ProblemKind};

/// More than this many problems of one file help nobody.
const MAX_PROBLEMS: usize = 100;

/// Collects the problems of one file.
pub(crate) struct FaultLog<'a> {
    origin: &'a Origin,
    problems: Vec<Problem>,
    dropped: usize,
}

impl<'a> FaultLog<'a> {
    pub(crate) fn new(origin: &'a Origin) -> FaultLog<'a> {
        FaultLog { origin, problems: Vec::new(), dropped: 0 }
    }

    /// Something was not read.
    pub(crate) fn error(&mut self, kind: ProblemKind, line: Option<u32>, message: impl Into<String>) {
        self.add(Problem::error(kind, message), line);
    }

    /// Everything was read, but somebody should look.
    pub(crate) fn warning(&mut self, kind: ProblemKind, line: Option<u32>, message: impl Into<String>) {
        self.add(Problem::warning(kind, message), line);
    }

    /// Worth knowing.
    pub(crate) fn note(&mut self, kind: ProblemKind, line: Option<u32>, message: impl Into<String>) {
        self.add(Problem::note(kind, message), line);
    }

    /// All of them, with one more that counts those left out.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        if self.dropped > 0 {
            let message = format!("{} more problems of this file are not listed", self.dropped);
            self.problems.push(self.place(Problem::error(ProblemKind::Limit, message), None));
        }
        self.problems
    }

    fn add(&mut self, problem: Problem, line: Option<u32>) {
        if self.problems.len() < MAX_PROBLEMS {
            let problem = self.place(problem, line);
            self.problems.push(problem);
        } else {
            self.dropped += 1;
        }
    }

    fn place(&self, problem: Problem, line: Option<u32>) -> Problem {
        Problem { line, ..problem.in_file(&self.origin.path).in_layer(self.origin.layer) }
    }
}
