//! Every kind of fault is said by a policy that has it, and not by one that is mended as its page says.

use crate::{Lint, Options, PolicyFile, Trust, load};

fn lints(text: &str, options: &Options) -> Vec<Lint> {
    let file = PolicyFile { name: "policy.rego".to_owned(), text: text.to_owned(), trust: Trust::User };
    let (set, errors) = load(vec![file], options);
    errors.iter().chain(&set.unknown_references()).filter_map(|error| error.lint).collect()
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
    let text = "package main\nimport data.main as own\ndeny contains \"x\" if {\n  data.a.b[0].c == data.inventory.d\n  own.name == data.main.name\n}\nname := data[\"a\"]\n";
    assert_eq!(lints(text, &options), []);
    for missing in ["data.a.c", "data.main.nam", "data.other", "data.conftest.file.name"] {
        let text = format!("package main\ndeny contains \"x\" if {missing} == 1\n");
        assert_eq!(lints(&text, &options), [Lint::UnknownReference], "{missing}");
    }
}

#[test]
fn builtins_called_with_too_many_or_too_few() {
    for call in ["count(1, 2, 3)", "concat(\"a\")", "time.now_ns(1, 2)"] {
        let text = format!("package main\ndeny contains \"x\" if {call}\n");
        assert_eq!(lints(&text, &Options::default()), [Lint::UnknownFunction], "{call}");
    }
    let answer = "package main\ndeny contains \"x\" if { count([1], n); walk(input, [_, n]) }\n";
    assert_eq!(lints(answer, &Options::default()), []);
}
