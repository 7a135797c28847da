//! Every kind of fault is said by a policy that has it, and not by one that is mended as its page says.

use crate::{Lint, Options, PolicyFile, Trust, load};

fn lints(text: &str, options: &Options) -> Vec<Lint> {
    let file = PolicyFile { name: "policy.rego".to_owned(), text: text.to_owned(), trust: Trust::User };
    let (set, errors) = load(vec![file], options);
    errors.iter().chain(&set.warnings()).filter_map(|error| error.lint).collect()
}

/// The two policies of a page: what is refused or warned of, and what to write instead.
fn examples(lint: Lint) -> Vec<String> {
    let blocks = lint.page().split("```rego\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.map(|block| block.lines().skip(1).map(|line| format!("{line}\n")).collect()).collect()
}

#[test]
fn the_pages_show_what_they_are_about() {
    let data = serde_json::json!({"answer": {"status_code": 200}, "lists": {"forbidden": ["a"]}});
    for lint in Lint::ALL.iter().copied().filter(|lint| *lint != Lint::FileSize) {
        let options = Options { data: data.clone(), ..Options::default() };
        let examples = examples(lint);
        let [bad, rest @ ..] = &examples[..] else { panic!("{lint:?} shows nothing") };
        // Some pages show statements, others rules.
        let whole = |text: &str| match text.starts_with("not ") || text.starts_with("joined ") {
            true => format!("package main\ndeny contains \"x\" if {{\n{text}}}\n"),
            false if lint == Lint::UnknownField => {
                format!("# METADATA\n# custom:\n#   kind: kubernetes\npackage main\n{text}")
            }
            false if lint == Lint::Annotation => format!("{text}package main\n"),
            false => format!("package main\n{text}"),
        };
        let said = lints(&whole(bad), &options);
        assert!(said.contains(&lint), "{lint:?}: {said:?} of\n{}", whole(bad));
        for good in rest {
            assert_eq!(lints(&whole(good), &options), [], "{lint:?}:\n{}", whole(good));
        }
    }
}

#[test]
fn large_files() {
    let options = Options { file_bytes: 20, ..Options::default() };
    assert_eq!(lints("package main\ndeny contains \"x\"\n", &options), [Lint::FileSize]);
}

#[test]
fn data_that_is_given_is_no_fault() {
    let options = Options { data: serde_json::json!({"a": {"b": [1]}}), ..Options::default() };
    let file = "package main\ndeny contains \"x\" if data.conftest.file.name == data.conftest.file.dir\n";
    assert_eq!(lints(file, &options), []);
    let text = "package main\nimport data.main as own\ndeny contains \"x\" if {\n  data.a.b[0].c == data.inventory.d\n  own.name == data.main.name\n}\nname := data[\"a\"]\n";
    assert_eq!(lints(text, &options), []);
    for missing in ["data.a.c", "data.main.nam", "data.other", "data.conftest.file.path"] {
        let text = format!("package main\ndeny contains \"x\" if {missing} == 1\n");
        assert_eq!(lints(&text, &options), [Lint::UnknownReference], "{missing}");
    }
}

#[test]
fn functions_called_with_too_many_or_too_few() {
    for call in [
        "count(1, 2, 3)",
        "concat(\"a\")",
        "time.now_ns(1, 2)",
        "sprintf(\"a\")",
        "f(1)",
        "f(1, 2, 3, 4)",
        "data.main.f(1)",
    ] {
        let text = format!("package main\ndeny contains \"x\" if {call}\nf(a, b) := a + b\n");
        assert_eq!(lints(&text, &Options::default()), [Lint::ArgumentCount], "{call}");
    }
    let answer =
        "package main\ndeny contains \"x\" if { count([1], n); walk(input, [_, n]); f(1, 2) == 3 }\nf(a, b) := a + b\n";
    assert_eq!(lints(answer, &Options::default()), []);
}

/// The warnings of a policy that judges Kubernetes.
fn warnings(body: &str, kind: &str) -> Vec<String> {
    let text = format!(
        "# METADATA\n# scope: package\n# custom:\n#   {kind}\npackage main\n\nimport input.metadata as meta\n\n{body}\n"
    );
    let file = PolicyFile { name: "policy.rego".to_owned(), text, trust: Trust::User };
    let (set, errors) = load(vec![file], &Options::default());
    assert_eq!(errors, [], "{body}");
    set.warnings().iter().map(ToString::to_string).collect()
}

fn check_fields(kind: &str, condition: &str, expected: &[&str]) {
    let found = warnings(&format!("deny contains \"x\" if {{ {condition} }}"), kind);
    let names = found.iter().map(|text| text.split('`').nth(1).unwrap_or_default().to_owned());
    assert_eq!(names.collect::<Vec<_>>(), expected, "{condition}: {found:?}");
}

#[test]
fn fields_that_documents_of_the_kind_do_not_have() {
    check_fields("kind: kubernetes", "input.metdata.name == 1", &["metdata"]);
    check_fields("kind: kubernetes", "meta.lables.app == 1", &["lables"]);
    check_fields("kind: kubernetes", "some c in input.spec.contaners; c.image", &["contaners"]);
    check_fields("kind: kubernetes", "some c in input.spec.containers; c.imagePullpolicy == 1", &["imagePullpolicy"]);
    check_fields("kind: kubernetes", "object.get(input, [\"metadata\", \"anotations\"], {}) == {}", &["anotations"]);
    check_fields("kind: kubernetes", "input.spec.template.spec.contaners[_].image == 1", &["contaners"]);
    check_fields("kind: image", "input.config.users == \"root\"", &["users"]);
    check_fields("kind: dockerfile", "input[_].cmd == \"from\"", &["cmd"]);
    check_fields("kinds: [github-workflow, github-action]", "input.permisions == {}", &["permisions"]);
    check_fields("{kind: kubernetes, input: documents}", "input[_].contents.metdata.name == 1", &["metdata"]);
}

#[test]
fn fields_that_are_there_or_that_nobody_knows() {
    for condition in [
        "input.spec.anything.at.all == 1",
        "input.myOwnField == 1",
        "input.metadata.labels.lables == 1",
        "some c in input.spec.template.spec.containers; c.image == input.metadata.name",
        // One name for two things stands for neither.
        "x := {c | some c in input.metadata}; y := {c | some c in input.spec.containers; c.immage}; x == y",
        "deny with input as {\"a\": input.metdata}",
    ] {
        check_fields("kind: kubernetes", condition, &[]);
    }
    check_fields("kinds: [kubernetes, compose]", "input.services.a == input.metadata", &[]);
    check_fields("kinds: [kubernetes, plain]", "input.metdata.name == 1", &[]);
}

fn check_text(call: &str, expected: &str) {
    let found = warnings(&format!("deny contains msg if msg := sprintf({call})"), "kind: plain");
    let said: Vec<&str> =
        found.iter().filter_map(|text| text.split_once("misprints: ")).map(|(_, said)| said).collect();
    assert_eq!(said.join("|").split([';', ' ']).take(6).collect::<Vec<_>>().join(" "), expected, "{call}: {found:?}");
}

#[test]
fn texts_that_misprint() {
    check_text("\"%s and %d\", [input.a]", "it has a verb for more");
    check_text("\"%s\", [input.a, input.b]", "it has verbs for fewer than");
    check_text("\"%s of 100%\", [input.a]", "it ends in a `%` that");
    check_text("\"%t\", [input.a]", "`%t` is a verb for nothing");
    check_text("\"%d\", [\"a\"]", "`%d` is no verb for the");
    check_text("`%k`, [input.a]", "`%k` is a verb for nothing");
    for good in [
        "\"%d%%\", [input.a]",
        "\"%v %s %q %5d %-8s|%.2f %x\", [input.a, input.b, input.c, input.d, input.e, input.f, input.g]",
        "\"%[2]s %[1]s\", [input.a, input.b]",
        "\"%*d\", [4, input.a]",
        "\"100%% %!\", input.list",
        "\"plain\", []",
    ] {
        check_text(good, "");
    }
}
