//! Every rule against its examples, its metadata against the rules of the house.

mod examples;
mod hostile;
mod metadata;
mod objects;
mod precompiled;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use model::{Document, Format, Origin, ProblemSeverity, TreePath};
use policy::{Options, PolicyFile, PolicySet, Trust};

use crate::MODULES;

/// All built-in policies, loaded once; none is passed over for what a document lacks.
static POLICIES: LazyLock<PolicySet> = LazyLock::new(|| load(|_| true, true));

fn load(is_asked: impl Fn(&crate::Module) -> bool, asks_all: bool) -> PolicySet {
    load_with(example_data(), is_asked, asks_all)
}

fn load_with(data: serde_json::Value, is_asked: impl Fn(&crate::Module) -> bool, asks_all: bool) -> PolicySet {
    let file = |module: &crate::Module| PolicyFile {
        name: module.path.to_owned(),
        text: module.text.to_owned(),
        trust: Trust::Builtin,
    };
    let options = Options { data, asks_all, ..Options::default() };
    let files = MODULES.iter().filter(|module| is_asked(module)).map(file);
    let (policies, errors) = policy::load(files.collect(), &options);
    assert!(errors.is_empty(), "{errors:?}");
    policies
}

/// What the examples are judged with: the `data.yaml` beside the rules that want one.
fn example_data() -> serde_json::Value {
    let mut parameters = serde_json::Map::new();
    for module in MODULES {
        let beside = module.path.trim_end_matches("rule.rego").to_owned() + "data.yaml";
        let Ok(bytes) = std::fs::read(testkit::workspace().join("policies").join(&beside)) else { continue };
        let origin = Origin::file(TreePath::new(&beside).expect("a path"));
        let (documents, problems) = document::parse(Format::Yaml, &origin, &bytes, &document::Limits::default());
        assert!(problems.is_empty(), "{beside}: {problems:?}");
        let data = documents.first().expect("data").root.to_json();
        let own = data["parameters"].as_object().expect("rules look for theirs below `parameters`");
        for (name, value) in own {
            assert_eq!(parameters.entry(name.clone()).or_insert_with(|| value.clone()), value, "{beside}: {name}");
        }
    }
    serde_json::json!({ "parameters": parameters })
}

/// The folder of a rule: `kubernetes/privileged-container`.
fn folder(id: &str) -> PathBuf {
    testkit::workspace().join("policies").join(id)
}

/// The examples of a rule whose names begin so, sorted.
fn examples(id: &str, kind: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(id)).expect("the folder of a rule");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| name_of(file).starts_with(kind));
    files.sort();
    files
}

fn name_of(path: &Path) -> String {
    path.file_name().expect("a file has a name").to_string_lossy().into_owned()
}

/// Every document of an example.
fn documents(file: &Path) -> Vec<Document> {
    let name = name_of(file);
    let format = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("Dockerfile") => Format::Dockerfile,
        Some("yaml") => Format::Yaml,
        Some("json") => Format::Json,
        Some("tf") => Format::Hcl,
        _ => panic!("{}: an example ends in .yaml, .json, .tf or .Dockerfile", file.display()),
    };
    let bytes = std::fs::read(file).expect("an example");
    let origin = Origin::file(TreePath::new(&name).expect("a name is a path"));
    let (documents, problems) = document::parse(format, &origin, &bytes, &document::Limits::default());
    // A warning says what is not known of it: Helm is to fill in a value.
    let is_read = problems.iter().all(|problem| problem.severity == ProblemSeverity::Warning);
    assert!(is_read, "{}: {problems:?}", file.display());
    assert!(!documents.is_empty(), "{}: holds nothing", file.display());
    documents
}
