//! Every example of the built-in rules as the inputs that rules see, and what our engine says of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use model::{Cancel, Document, DocumentKind, Finding, Origin, ProblemSeverity, TreePath};
use policy::{Evaluation, Input, LoadedRule, Options, PolicyFile, PolicySet, Trust};
use serde_json::{Map, Value as Json, json};

use crate::setup::workspace;

/// What rules gave for one input: by id of the rule, its results; a rule that gave none is not in it.
pub(super) type Answers = BTreeMap<String, Vec<String>>;

/// The built-in rules.
pub(super) struct Rules {
    set: PolicySet,
    /// What the examples are judged with, as `data`.
    pub(super) data: Json,
}

/// One input, the rules that judge it, and what ours gave.
pub(super) struct Question {
    /// `kubernetes/privileged-container/fail.yaml#0`; `#kubernetes` for all its documents of that kind together.
    pub(super) name: String,
    /// As `policy input` prints it.
    pub(super) input: Json,
    /// Places in the list of rules.
    pub(super) rules: Vec<usize>,
    pub(super) ours: Answers,
}

impl Rules {
    pub(super) fn all(&self) -> &[LoadedRule] {
        self.set.rules()
    }

    pub(super) fn len(&self) -> usize {
        self.all().len()
    }

    pub(super) fn id(&self, rule: usize) -> &str {
        self.all()[rule].rule.id.as_str()
    }

    fn places(&self, is_wanted: impl Fn(&LoadedRule) -> bool) -> Vec<usize> {
        (0..self.len()).filter(|place| is_wanted(&self.all()[*place])).collect()
    }
}

/// All built-in rules, with the parameters that their examples want.
pub(super) fn rules() -> anyhow::Result<Rules> {
    let mut parameters = Map::new();
    for (_, path) in example_files("data.yaml")? {
        let documents = documents(&path)?;
        let data = documents.first().context("data.yaml is empty")?.root.to_json();
        parameters.extend(data["parameters"].as_object().cloned().unwrap_or_default());
    }
    let data = json!({ "parameters": parameters });
    let file = |module: &policies::Module| PolicyFile {
        name: module.path.to_owned(),
        text: module.text.to_owned(),
        trust: Trust::Builtin,
    };
    let options = Options { data: data.clone(), ..Options::default() };
    let (set, errors) = policy::load(policies::MODULES.iter().map(file).collect(), &options);
    anyhow::ensure!(errors.is_empty(), "{errors:?}");
    Ok(Rules { set, data })
}

/// Every input that the examples make, judged by our engine.
pub(super) fn questions(rules: &Rules) -> anyhow::Result<Vec<Question>> {
    let mut questions = Vec::new();
    for (name, path) in example_files("")? {
        let documents = documents(&path)?;
        for (index, document) in documents.iter().enumerate() {
            questions.push(alone(rules, format!("{name}#{index}"), document)?);
        }
        questions.extend(together(rules, &name, &documents)?);
    }
    Ok(questions)
}

fn alone(rules: &Rules, name: String, document: &Document) -> anyhow::Result<Question> {
    let asked = rules.places(|rule| rule.input == Input::Document && rule.kinds.contains(&document.kind));
    let ours = answers(&name, &rules.set.evaluate(document, &Cancel::new()), |_| true)?;
    Ok(Question { name, input: document.root.to_json(), rules: asked, ours })
}

/// One for every choice of kinds that rules over all documents make.
fn together(rules: &Rules, name: &str, documents: &[Document]) -> anyhow::Result<Vec<Question>> {
    let all: Vec<&Document> = documents.iter().collect();
    let evaluation = rules.set.evaluate_together(&all, &[], &Cancel::new());
    let is_over_all = |rule: &LoadedRule| rule.input == Input::Documents;
    let choices: BTreeSet<&[DocumentKind]> =
        rules.all().iter().filter(|rule| is_over_all(rule)).map(|rule| &rule.kinds[..]).collect();
    let mut questions = Vec::new();
    for kinds in choices {
        let wanted = documents.iter().filter(|document| kinds.contains(&document.kind));
        let input: Vec<Json> = wanted
            .map(|document| json!({"path": document.origin.path.to_string(), "contents": document.root.to_json()}))
            .collect();
        if input.is_empty() {
            continue;
        }
        let asked = rules.places(|rule| is_over_all(rule) && rule.kinds == kinds);
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let name = format!("{name}#{}", names.join("+"));
        let ours = answers(&name, &evaluation, |id| asked.iter().any(|rule| rules.id(*rule) == id))?;
        questions.push(Question { name, input: input.into(), rules: asked, ours });
    }
    Ok(questions)
}

fn answers(name: &str, evaluation: &Evaluation, is_asked: impl Fn(&str) -> bool) -> anyhow::Result<Answers> {
    let error = evaluation.problems.iter().find(|problem| problem.severity == ProblemSeverity::Error);
    anyhow::ensure!(error.is_none(), "{name}: {error:?}");
    let mut answers = Answers::new();
    for finding in evaluation.findings.iter().filter(|finding| is_asked(finding.rule.as_str())) {
        answers.entry(finding.rule.to_string()).or_default().push(canonical(&result(finding)));
    }
    answers.values_mut().for_each(|results| results.sort());
    Ok(answers)
}

/// What the rule gave, again: `msg` and all the rest.
fn result(finding: &Finding) -> Json {
    let mut members = match finding.evidence.get("details") {
        Some(Json::Object(details)) => details.clone(),
        _ => Map::new(),
    };
    members.insert("msg".to_owned(), finding.message.clone().into());
    Json::Object(members)
}

/// Keys sorted, no blanks, whole numbers without a point.
pub(super) fn canonical(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let sorted: BTreeMap<&String, &Json> = members.iter().collect();
            let members =
                sorted.into_iter().map(|(name, value)| format!("{}:{}", Json::from(name.as_str()), canonical(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Json::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Json::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => format!("{float:.0}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// Examples below `policies/`, with their names there; only those called so, if a name is given.
fn example_files(name: &str) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let root = workspace().join("policies");
    let mut files = Vec::new();
    for module in policies::MODULES.iter().filter(|module| module.path.ends_with("/rule.rego")) {
        let folder = module.path.trim_end_matches("/rule.rego");
        for entry in std::fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let file = entry.file_name().to_string_lossy().into_owned();
            let is_example = file.starts_with("pass") || file.starts_with("fail");
            if if name.is_empty() { is_example } else { file == name } {
                files.push((format!("{folder}/{file}"), entry.path()));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn documents(path: &Path) -> anyhow::Result<Vec<Document>> {
    let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    let origin = Origin::file(TreePath::new(&name).context("a name is a path")?);
    let format = document::format_of(&origin.path).with_context(|| format!("{name}: of no format"))?;
    let (documents, problems) = document::parse(format, &origin, &std::fs::read(path)?, &document::Limits::default());
    // A warning says what is not known of it: Helm is to fill in a value.
    let is_read = problems.iter().all(|problem| problem.severity == ProblemSeverity::Warning);
    anyhow::ensure!(is_read, "{}: {problems:?}", path.display());
    Ok(documents)
}
