//! Problems of one file, located and bounded: a file of garbage must not become a million problems.

use model::{Origin, Problem, ProblemKind, ProblemSeverity};

/// More than this many problems of one file help nobody.
const MAX_PROBLEMS: usize = 100;

/// Collects the problems of one file.
pub(crate) struct FaultLog<'a> {
    origin: &'a Origin,
    problems: Vec<Problem>,
    dropped: usize,
    /// Some problem left out is an error, so its count must be one.
    dropped_error: bool,
}

impl<'a> FaultLog<'a> {
    pub(crate) fn new(origin: &'a Origin) -> FaultLog<'a> {
        FaultLog { origin, problems: Vec::new(), dropped: 0, dropped_error: false }
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
            let make = if self.dropped_error { Problem::error } else { Problem::warning };
            self.problems.push(self.place(make(ProblemKind::Limit, message), None));
        }
        self.problems
    }

    fn add(&mut self, problem: Problem, line: Option<u32>) {
        if self.problems.len() < MAX_PROBLEMS {
            let problem = self.place(problem, line);
            self.problems.push(problem);
        } else {
            self.dropped += 1;
            self.dropped_error |= problem.severity == ProblemSeverity::Error;
        }
    }

    fn place(&self, problem: Problem, line: Option<u32>) -> Problem {
        Problem { line, ..problem.in_file(&self.origin.path).in_layer(self.origin.layer) }
    }
}

#[cfg(test)]
mod tests {
    use model::TreePath;

    use super::*;

    #[test]
    fn counts_what_it_leaves_out() {
        let origin = Origin::file(TreePath::rooted("a").expect("a valid path"));
        let mut faults = FaultLog::new(&origin);
        (0..150).for_each(|line| faults.warning(ProblemKind::Syntax, Some(line), "wrong"));
        faults.error(ProblemKind::Syntax, None, "very wrong");
        let problems = faults.into_problems();
        let last = problems.last().expect("a problem");
        assert_eq!((problems.len(), last.severity), (MAX_PROBLEMS + 1, ProblemSeverity::Error));
        assert_eq!(last.message, "51 more problems of this file are not listed");
    }
}
