//! Finds the smallest piece of a document that is the cause of a result, for any rule, by asking it about other documents.
//!
//! What is known at first is that the rule gives the result for the whole document. A piece is *necessary* if the result is gone
//! once the piece is taken out. The search goes down from the root into necessary pieces, and looks at each leaf it reaches:
//! is the result gone as well if the leaf is *another value*? Then the leaf is the cause. If the result is only worded
//! differently, the leaf is merely named in the message. Where no leaf is the cause, something may be missing: keys that the rule
//! mentions are put in, and if the result is then gone, the cause is their absence from the object.
//!
//! What the rule mentions (keys, ways, strings) decides what is tried first; it never decides what is true.

mod absence;
mod array;
mod continued;
mod object;
mod oracle;
mod place;
mod probe;
mod scalar;
mod similar;

use model::Segment;

use crate::rego::{Mentions, Value, at};
use oracle::{Oracle, Spent};

pub(crate) use place::Placed;

/// How a finding's place was found; the name is in its evidence as `located_by`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Located {
    /// `rule`: the result named it.
    Rule,
    /// `cause`: another value there, and the finding is gone.
    Cause,
    /// `absence`: with the value that the evidence names as `missing` put in, the finding is gone.
    Absence,
    /// `object`: without it the finding is gone, but no smaller piece of it alone is the cause.
    Object,
    /// `budget`: as far as the budget of evaluations led.
    Budget,
}

/// What the search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) path: Vec<Segment>,
    pub(crate) grade: Grade,
    /// The path of what is missing there.
    pub(crate) missing: Option<Vec<Segment>>,
    /// Other pieces that alone are enough for the same result.
    pub(crate) others: Vec<Vec<Segment>>,
}

/// How sure it is that a piece is the cause, least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// The message names it, and it is a name.
    NamedIdentity,
    /// Another value and the result is gone; but it is what tells objects apart: the rule may only have chosen by it.
    Identity,
    /// Necessary, and nothing smaller inside explains it.
    Whole,
    /// The message names it, and nothing else in its object is the cause.
    Named,
    /// Another command in a Dockerfile and the result is gone, while no other word of the instruction is the cause.
    Command,
    /// Something is missing inside; put in, the result is gone.
    Lacks,
    /// Another value, and the result is gone.
    Value,
}

/// What is asked and how often it may be.
pub(crate) struct Question<'a> {
    /// The document.
    pub(crate) input: &'a Value,
    /// The result whose cause is wanted.
    pub(crate) result: &'a Value,
    /// All results for the document as it is.
    pub(crate) results: &'a [Value],
    pub(crate) mentions: &'a Mentions,
    /// Evaluations that may be spent.
    pub(crate) budget: usize,
    /// The results for another document; `None` when there is no time for more.
    pub(crate) ask: &'a mut dyn FnMut(&Value) -> Option<Vec<Value>>,
}

/// Finds the cause; also says how many evaluations it took.
pub(crate) fn locate(question: Question<'_>) -> (Cause, Located, usize) {
    let mentions = question.mentions;
    let input = question.input;
    let budget = question.budget;
    let mut search = Search { oracle: Oracle::new(question), mentions, reached: Vec::new() };
    let (cause, located) = match search.explain(input, &[]) {
        Ok(cause) => {
            let located = match cause.grade {
                Grade::Value | Grade::Command | Grade::Identity => Located::Cause,
                Grade::Lacks => Located::Absence,
                Grade::Named | Grade::NamedIdentity | Grade::Whole => Located::Object,
            };
            (cause, located)
        }
        Err(Spent) => (Cause::new(search.reached, Grade::Whole), Located::Budget),
    };
    (cause, located, budget - search.oracle.left())
}

struct Search<'a> {
    oracle: Oracle<'a>,
    mentions: &'a Mentions,
    /// The smallest piece known to be necessary, should the budget end.
    reached: Vec<Segment>,
}

impl Search<'_> {
    /// The cause inside a piece that is known to be necessary in `base`.
    fn explain(&mut self, base: &Value, path: &[Segment]) -> Result<Cause, Spent> {
        if path.len() > self.reached.len() {
            self.reached = path.to_vec();
        }
        match at(base, path) {
            Some(Value::Object(_)) => self.explain_object(base, path),
            Some(Value::Array(_)) => self.explain_array(base, path),
            Some(value) => {
                let value = value.clone();
                self.explain_scalar(base, path, &value)
            }
            None => Ok(Cause::new(path.to_vec(), Grade::Whole)),
        }
    }
}

impl Cause {
    fn new(path: Vec<Segment>, grade: Grade) -> Cause {
        Cause { path, grade, missing: None, others: Vec::new() }
    }

    /// Sure enough to look no further.
    fn is_sure(&self) -> bool {
        self.grade >= Grade::Lacks
    }

    /// The surer of two; of equals the deeper, then the first.
    fn better(first: Option<Cause>, second: Cause) -> Cause {
        let rank = |cause: &Cause| (cause.grade, cause.path.len());
        match first {
            Some(first) if rank(&first) >= rank(&second) => first,
            _ => second,
        }
    }
}

impl Located {
    /// The name in the evidence.
    pub fn name(self) -> &'static str {
        match self {
            Located::Rule => "rule",
            Located::Cause => "cause",
            Located::Absence => "absence",
            Located::Object => "object",
            Located::Budget => "budget",
        }
    }
}

/// Below a path.
fn child(path: &[Segment], segment: Segment) -> Vec<Segment> {
    [path, &[segment]].concat()
}

/// Keys that tell objects apart rather than say how they are.
fn is_identity(path: &[Segment]) -> bool {
    const NAMES: &[&str] = &[
        "name",
        "kind",
        "apiVersion",
        "namespace",
        "Cmd",
        "Stage",
        "StartLine",
        "EndLine",
        "JSON",
        "Original",
        "SubCmd",
        "job",
        "displayName",
    ];
    matches!(path.last(), Some(Segment::Key(key)) if NAMES.contains(&key.as_str()))
}
