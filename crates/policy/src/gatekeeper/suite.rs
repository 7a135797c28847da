//! Gatekeeper's own tests: a Suite says which objects a constraint must refuse. Counts and messages are those of `gator verify`.

mod assertion;

use model::{Cancel, Document, DocumentKind, Node};

use super::inventory::Inventory;
use super::matching::Match;
use super::objects::{self, below, metadata};
use super::review::{self, Operation};
use super::{Gatekeeper, is_gatekeeper};
use crate::testing::{TestCase, TestOutcome};
use crate::{Evaluation, Options};
use assertion::Assertion;

/// A Suite and how to get at the files it names.
pub struct Suite<'a> {
    /// The file it is in.
    pub document: &'a Document,
    /// The documents of a file it names, relative to its own.
    pub read: &'a dyn Fn(&str) -> Result<Vec<Document>, String>,
}

/// Runs every case of a Suite.
pub(crate) fn run(suite: &Suite<'_>, options: &Options, is_wanted: &dyn Fn(&[&str]) -> bool) -> Vec<TestCase> {
    let root = &suite.document.root;
    let file = suite.document.origin.path.to_string();
    let tests = root.get("tests").and_then(Node::as_array).unwrap_or_default();
    if is_skipped(root) {
        return vec![case(&file, metadata(root, "name"), "", TestOutcome::Skip, String::new())];
    }
    tests.iter().flat_map(|test| Test { suite, options, is_wanted, file: &file, test }.run()).collect()
}

/// One test: a template, a constraint, and cases.
struct Test<'a> {
    suite: &'a Suite<'a>,
    options: &'a Options,
    is_wanted: &'a dyn Fn(&[&str]) -> bool,
    file: &'a str,
    test: &'a Node,
}

impl Test<'_> {
    fn run(&self) -> Vec<TestCase> {
        let name = text(self.test, "name");
        let cases = self.test.get("cases").and_then(Node::as_array).unwrap_or_default();
        let cases: Vec<&Node> = cases.iter().filter(|one| (self.is_wanted)(&[name, text(one, "name")])).collect();
        if cases.is_empty() && !(self.is_wanted)(&[name]) {
            return Vec::new();
        }
        if is_skipped(self.test) {
            return vec![case(self.file, name, "", TestOutcome::Skip, String::new())];
        }
        let loaded = self.load();
        if self.test.get("invalid").is_some_and(|node| node.value == model::NodeValue::Bool(true)) {
            let (outcome, message) = match loaded {
                Err(Refusal::Schema(_)) => (TestOutcome::Pass, String::new()),
                Err(Refusal::Other(message)) => (TestOutcome::Error, message),
                Ok(_) => (TestOutcome::Fail, "the constraint should not fit its template, and does".to_owned()),
            };
            return vec![case(self.file, name, "", outcome, message)];
        }
        let gatekeeper = match loaded {
            Ok(gatekeeper) => gatekeeper,
            Err(Refusal::Schema(message) | Refusal::Other(message)) => {
                // Every case would say the same.
                let each = |one: &&Node| case(self.file, name, text(one, "name"), TestOutcome::Error, message.clone());
                let all: Vec<TestCase> = cases.iter().map(each).collect();
                return if all.is_empty() { vec![case(self.file, name, "", TestOutcome::Error, message)] } else { all };
            }
        };
        if cases.is_empty() {
            return vec![case(self.file, name, "", TestOutcome::Pass, String::new())];
        }
        cases.iter().map(|one| self.run_case(&gatekeeper, name, one)).collect()
    }

    fn load(&self) -> Result<Gatekeeper, Refusal> {
        let mut documents = Vec::new();
        for field in ["template", "constraint"] {
            let path = text(self.test, field);
            if path.is_empty() {
                return Err(Refusal::Other(format!("a test needs `{field}`")));
            }
            documents.extend(self.read(path).map_err(Refusal::Other)?.into_iter().filter(is_gatekeeper));
        }
        if !text(self.test, "expansion").is_empty() {
            return Err(Refusal::Other("expansion of objects to others is not built: the test was not run".to_owned()));
        }
        let (gatekeeper, errors) = Gatekeeper::load(&documents, self.options);
        match errors.first() {
            None if gatekeeper.is_empty() => Err(Refusal::Other("the files hold no constraint".to_owned())),
            None => Ok(gatekeeper),
            Some(error) if error.message.contains("as the template for") => Err(Refusal::Schema(error.to_string())),
            Some(error) => Err(Refusal::Other(error.to_string())),
        }
    }

    fn run_case(&self, gatekeeper: &Gatekeeper, test: &str, one: &Node) -> TestCase {
        let name = text(one, "name");
        if is_skipped(one) {
            return case(self.file, test, name, TestOutcome::Skip, String::new());
        }
        let (outcome, message) = match self.messages(gatekeeper, one).and_then(|messages| check(one, &messages)) {
            Ok(None) => (TestOutcome::Pass, String::new()),
            Ok(Some(message)) => (TestOutcome::Fail, message),
            Err(message) => (TestOutcome::Error, message),
        };
        case(self.file, test, name, outcome, message)
    }

    /// What the constraint says of the object.
    fn messages(&self, gatekeeper: &Gatekeeper, one: &Node) -> Result<Vec<String>, String> {
        let path = text(one, "object");
        if path.is_empty() {
            return Err("a case needs `object`".to_owned());
        }
        let objects = self.read(path)?;
        let [object] = &objects[..] else {
            return Err(format!("{path} holds {} objects, and a case judges one", objects.len()));
        };
        let mut inventory = Vec::new();
        let named = objects::texts(one.get("inventory")).ok_or("`inventory` must be a list of paths")?;
        for path in named {
            inventory.extend(self.read(&path)?);
        }
        let (evaluation, undecided) = judge(gatekeeper, object, &inventory)?;
        let is_error = |problem: &&model::Problem| problem.severity == model::ProblemSeverity::Error;
        match evaluation.problems.iter().find(is_error) {
            Some(problem) => Err(problem.message.clone()),
            None => {
                let said = evaluation.findings.into_iter().map(|finding| finding.message);
                Ok(said.chain(undecided).collect())
            }
        }
    }

    fn read(&self, path: &str) -> Result<Vec<Document>, String> {
        (self.suite.read)(path).map_err(|message| format!("{path}: {message}"))
    }
}

/// Why a template or constraint cannot be used.
enum Refusal {
    /// The parameters do not fit the template's schema.
    Schema(String),
    Other(String),
}

/// What the constraints say of an object; and of which it is not known whether they speak of it: the controller refuses such an
/// object, so here it counts as a violation.
fn judge(
    gatekeeper: &Gatekeeper,
    object: &Document,
    inventory: &[Document],
) -> Result<(Evaluation, Vec<String>), String> {
    let documents: Vec<&Document> = inventory.iter().collect();
    let inventory = Inventory::of(&documents);
    let sets = gatekeeper.with_inventory(&inventory).map_err(|problem| problem.message)?;
    let cancel = Cancel::new();
    let mut all = Evaluation::default();
    if objects::kind(&object.root) != "AdmissionReview" {
        if object.kind != DocumentKind::Kubernetes {
            return Err("it is no object: it needs `apiVersion` and `kind`".to_owned());
        }
        let mut undecided = Vec::new();
        for constraint in &gatekeeper.constraints {
            let namespace = metadata(&object.root, "namespace");
            match constraint.matcher.matches(&object.root, inventory.namespace(namespace)) {
                Match::Unknown(namespace) => undecided.push(format!("the namespace `{namespace}` is not known")),
                _ => all.take(gatekeeper.judge_one(constraint, &sets, object, &inventory, Operation::None, &cancel)),
            }
        }
        return Ok((all, undecided));
    }
    let request = object.root.get("request").ok_or("an AdmissionReview needs `request`")?;
    let is_there = |name: &str| request.get(name).filter(|node| node.is_object());
    let judged = is_there("object").or(is_there("oldObject"));
    let judged = judged.ok_or("the request holds neither `object` nor `oldObject`")?;
    for constraint in &gatekeeper.constraints {
        let namespace = inventory.namespace(metadata(judged, "namespace"));
        let either = [is_there("object"), is_there("oldObject")];
        let matches = either.into_iter().flatten().map(|node| constraint.matcher.matches(node, namespace));
        if !matches.into_iter().any(|answer| answer == Match::Yes) {
            continue;
        }
        let frame = review::frame_of_request(request, &constraint.parameters);
        // The object stands in the request already: the document is the object, so that places are right.
        let document = Document { root: judged.clone(), ..object.clone() };
        all.take(gatekeeper.ask(constraint, &sets, &document, &frame, &cancel));
    }
    Ok((all, Vec::new()))
}

/// Nothing when every assertion holds; else what the first says that does not.
fn check(one: &Node, messages: &[String]) -> Result<Option<String>, String> {
    let assertions = one.get("assertions").and_then(Node::as_array).unwrap_or_default();
    if assertions.is_empty() {
        return Err("a case needs `assertions`".to_owned());
    }
    for assertion in assertions {
        if let Some(fault) = Assertion::read(assertion)?.fault(messages)? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

fn case(file: &str, test: &str, name: &str, outcome: TestOutcome, message: String) -> TestCase {
    TestCase { suite: file.to_owned(), test: test.to_owned(), case: name.to_owned(), outcome, message }
}

fn is_skipped(node: &Node) -> bool {
    node.get("skip").is_some_and(|skip| skip.value == model::NodeValue::Bool(true))
}

fn text<'n>(node: &'n Node, name: &str) -> &'n str {
    below(node, &[name]).and_then(Node::as_str).unwrap_or_default()
}
