//! Conftest's and OPA's conventions.

use insta::assert_snapshot;
use model::Cancel;

use super::{check, checked, documents, file, loaded, messages, shown};
use crate::{Namespaces, Options, PolicyFile, Trust, load};

#[test]
fn names_and_severities() {
    assert_snapshot!(check("package main
deny contains \"d\"
deny_latest_tag contains \"dl\"
violation contains {\"msg\": \"v\"}
violation_x contains {\"msg\": \"vx\", \"details\": {\"a\": 1}}
warn contains \"w\"
warn_soon contains \"ws\"
denial contains \"no\"
allow contains \"no\"
", "a: 1"), @r"
    high main/deny: d
      1:1 «a: 1»
      object 
    high main/deny_latest_tag: dl
      1:1 «a: 1»
      object 
    high main/violation: v
      1:1 «a: 1»
      object 
    high main/violation_x: vx
      1:1 «a: 1»
      object 
    low main/warn: w
      1:1 «a: 1»
      object 
    low main/warn_soon: ws
      1:1 «a: 1»
      object
    ");
}

/// A message, a comment or a raw string that speaks of `if` makes no file one of version 1.
#[test]
fn version_0_whatever_its_texts_say() {
    for said in ["fails if it is \\\"so\\\", if", "import rego.v1 if"] {
        let text = format!(
            "package main\n# if so\npattern = `if`\ndeny[msg] {{\n\tinput.a == 1 # if\n\tmsg := \"{said}\"\n}}\n"
        );
        let set = loaded(&text, &Options::default());
        assert_eq!(set.evaluate(&documents("a: 1")[0], &Cancel::new()).findings.len(), 1, "{text}");
    }
}

#[test]
fn shapes_of_results() {
    assert_snapshot!(check("package main\ndeny := [\"one\", {\"msg\": \"two\", \"severity\": \"LOW\"}]\n", "a: 1"), @r"
    high main/deny: one
      1:1 «a: 1»
      object 
    low main/deny: two
      1:1 «a: 1»
      object
    ");
    assert_snapshot!(check("package main\ndefault deny := false\ndeny if input.a == 1\n", "a: 1"), @r"
    high main/deny: `deny` is true
      1:1 «a: 1»
      cause a
    ");
    assert_snapshot!(check("package main\ndeny := \"alone\" if input.a == 1\n", "a: 1"), @r"
    high main/deny: alone
      1:1 «a: 1»
      cause a
    ");
    assert_snapshot!(check("package main\ndeny[msg] if { msg := \"as key\" }\n", "a: 1"), @r"
    high main/deny: as key
      1:1 «a: 1»
      object
    ");
    assert_snapshot!(check("package main\ndeny contains 5\n", "a: 1"), @"error policy: policy `main.deny`: a result is a string, or an object with `msg`; it gave 5; its results were not taken");
    assert_snapshot!(check("package main\ndeny contains {\"text\": \"no msg\"}\n", "a: 1"), @r#"error policy: policy `main.deny`: a result that is an object needs `msg`; it gave {"text":"no msg"}; its results were not taken"#);
}

/// As Conftest 0.71.1 does.
#[test]
fn empty_messages_pass_and_names_are_whole() {
    let policy = "package main\ndeny contains \"\"\ndeny_a contains {\"msg\": \"\", \"x\": 1}\nwarn := \"\"\ndeny_ contains \"a\"\ndeny__b contains \"b\"\ndeny_c_ contains \"c\"\nviolation_d_1 contains \"d\"\n";
    assert_eq!(messages(policy, "a: 1"), ["d"]);
}

#[test]
fn exceptions() {
    assert_snapshot!(check("package main
deny contains \"plain\"
deny_root contains \"root\"
deny_tag contains \"tag\"
exception contains rules if { input.name == \"trusted\"; rules := [\"root\", \"\"] }
", "name: trusted"), @r"
    high main/deny (suppressed): plain
      1:1 «name: trusted»
      object 
    high main/deny_root (suppressed): root
      1:1 «name: trusted»
      object 
    high main/deny_tag: tag
      1:1 «name: trusted»
      object
    ");
}

#[test]
fn version_0_and_version_1_side_by_side() {
    let v0 = PolicyFile {
        name: "old.rego".to_owned(),
        ..file(
            "package main\nimport data.lib\ndeny[msg] { input.a == 1; not lib.fine(input); msg = \"old\" }\n",
            Trust::User,
        )
    };
    let library = PolicyFile {
        name: "lib.rego".to_owned(),
        ..file("package lib\nimport rego.v1\nfine(x) if x.b == 1\n", Trust::User)
    };
    let v1 = PolicyFile {
        name: "new.rego".to_owned(),
        ..file("package main\nwarn contains \"new\" if input.a == 1\n", Trust::User)
    };
    let keywords = PolicyFile {
        name: "keywords.rego".to_owned(),
        ..file(
            "package main\nimport future.keywords.in\nwarn[msg] { some x in [1]; msg := sprintf(\"%d\", [x]) }\n",
            Trust::User,
        )
    };
    let (set, errors) = load(vec![v0, library, v1, keywords], &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    assert_snapshot!(shown(&set.evaluate(&documents("a: 1")[0], &Cancel::new()), "a: 1"), @r"
    high main/deny: old
      1:1 «a: 1»
      cause a
    low main/warn: 1
      1:1 «a: 1»
      object 
    low main/warn: new
      1:1 «a: 1»
      cause a
    ");
}

#[test]
fn namespaces() {
    let policy = "package team.images\ndeny contains \"images\"\n";
    let other =
        PolicyFile { name: "b.rego".to_owned(), ..file("package other\nwarn contains \"other\"\n", Trust::User) };
    let asked = |namespaces: Namespaces| {
        let options = Options { namespaces, ..Options::default() };
        let (set, errors) = load(vec![file(policy, Trust::User), other.clone()], &options);
        let found = set.evaluate(&documents("a: 1")[0], &Cancel::new());
        assert!(errors.is_empty(), "{errors:?}");
        format!("unasked: {:?}\n{}", set.unasked(), shown(&found, "a: 1"))
    };
    assert_snapshot!(asked(Namespaces::default()), @r#"unasked: ["other", "team.images"]"#);
    assert_snapshot!(asked(Namespaces::Named(vec!["team.*".to_owned()])), @r#"
    unasked: ["other"]
    high team.images/deny: images
      1:1 «a: 1»
      object
    "#);
    assert_snapshot!(asked(Namespaces::All), @r"
    unasked: []
    low other/warn: other
      1:1 «a: 1»
      object 
    high team.images/deny: images
      1:1 «a: 1»
      object
    ");
}

#[test]
fn all_documents_as_one_input() {
    let policy = "package main
deny contains msg if {
  some service in input
  service.contents.kind == \"Service\"
  wanted := service.contents.spec.selector.app
  not wanted in {pod.contents.metadata.labels.app | some pod in input; pod.contents.kind == \"Pod\"}
  msg := sprintf(\"%s: nothing is called %s\", [service.path, wanted])
}";
    let text = "apiVersion: v1\nkind: Service\nspec:\n  selector:\n    app: shop\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    app: web\n";
    let set = loaded(policy, &Options { combine: true, ..Options::default() });
    let documents = documents(text);
    let evaluation = set
        .evaluate_combined(&documents.iter().map(|document| ("input", document)).collect::<Vec<_>>(), &Cancel::new());
    assert_snapshot!(shown(&evaluation, text), @r"
    high main/deny: input: nothing is called shop
      5:5 «app: shop»
      object spec.selector.app
    ");
}

#[test]
fn data_beside_policies() {
    let options = Options { data: serde_json::json!({"allowed": ["a"]}), ..Options::default() };
    assert_snapshot!(checked("package main\ndeny contains msg if { not input.name in data.allowed; msg := sprintf(\"%s is not allowed\", [input.name]) }", "name: b", &options), @r"
    high main/deny: b is not allowed
      1:1 «name: b»
      object name
    ");
}

#[test]
fn the_digest_is_of_the_texts() {
    let digest = |files: Vec<PolicyFile>| load(files, &Options::default()).0.digest();
    let (a, b) = (file("package main\ndeny contains 1\n", Trust::User), file("package b\n", Trust::User));
    assert_eq!(digest(vec![a.clone(), b.clone()]), digest(vec![b.clone(), a.clone()]));
    assert_ne!(digest(vec![a.clone()]), digest(vec![a, b]));
}

#[test]
fn each_body_is_a_rule_of_its_own() {
    let policy = "package main
# METADATA
# title: Images are pinned
# custom:
#   id: team/pinned-image
#   severity: low
deny contains msg if {
  endswith(input.image, \":latest\")
  msg := sprintf(\"%s is not pinned\", [input.image])
}
# METADATA
# title: Images come from us
# custom:
#   id: team/own-registry
deny contains msg if {
  not startswith(input.image, \"ours/\")
  msg := sprintf(\"%s is not ours\", [input.image])
}
deny contains \"nobody owns this\" if not input.owner
";
    let set = loaded(policy, &Options::default());
    let ids: Vec<&str> = set.rules().iter().map(|rule| rule.rule.id.as_str()).collect();
    assert_eq!(ids, ["team/pinned-image", "team/own-registry", "main/deny"]);
    let text = "a: 1\nimage: nginx:latest\n";
    assert_snapshot!(shown(&set.evaluate(&documents(text)[0], &Cancel::new()), text), @r"
    high team/own-registry: nginx:latest is not ours
      2:1 «image: nginx:latest»
      cause image
    low team/pinned-image: nginx:latest is not pinned
      2:1 «image: nginx:latest»
      cause image
    high main/deny: nobody owns this
      1:1 «a: 1»
      absence  lacks owner
    ");
}

#[test]
fn one_rule_that_fails_does_not_take_others_along() {
    let policies = [
        ("good.rego", "package main\ndeny contains \"found\" if input.a == 1\n"),
        (
            "slow.rego",
            "package slow\nn := numbers.range(1, 300)\ndeny contains \"x\" if { some a in n; some b in n; some c in n; a * b * c < 0 }\n",
        ),
        ("bad.rego", "package bad\nvalue := x if { some x in [1, 2] }\nwarn contains \"y\" if value\n"),
    ];
    let files = policies.map(|(name, text)| PolicyFile { name: name.to_owned(), ..file(text, Trust::User) });
    let options = Options {
        namespaces: Namespaces::All,
        time_limit: std::time::Duration::from_millis(100),
        ..Options::default()
    };
    let (set, errors) = load(files.to_vec(), &options);
    assert_eq!(errors, []);
    let evaluation = set.evaluate(&documents("a: 1")[0], &Cancel::new());
    assert_eq!((evaluation.evaluated, evaluation.unknown), (1, 2));
    assert_snapshot!(shown(&evaluation, "a: 1"), @r"
    high main/deny: found
      1:1 «a: 1»
      cause a
    error policy: policy `bad.warn` of bad.rego gave no answer, this was not judged by it: bad.rego:2: rules must not produce multiple outputs
    error engine: policy `slow.deny` of slow.rego gave no answer, this was not judged by it: it took longer than the limit of 100ms
    ");
}

#[test]
fn elements_of_a_list_are_documents() {
    let policy = "package main\ndeny contains msg if {\n  some one, other in input\n  msg := sprintf(\"%s %d: %v\", [other.path, one, other.contents])\n}";
    let text = "- 1\n- 2\n";
    let set = loaded(policy, &Options::default());
    let documents = documents(text);
    let members: Vec<_> = documents.iter().map(|document| ("input", document)).collect();
    assert_snapshot!(shown(&set.evaluate_combined(&members, &Cancel::new()), text), @r"
    high main/deny: input 0: 1
      1:3 «1»
      object 
    high main/deny: input 1: 2
      2:3 «2»
      object
    ");
    let set = loaded("package main\ndeny contains sprintf(\"seen %v\", [input])", &Options::default());
    let lists = crate::Lists::among(&documents);
    assert_snapshot!(shown(&set.evaluate_among(&documents[0], &lists, &Cancel::new()), text), @r"
    high main/deny: seen 1
      1:3 «1»
      object 
    high main/deny: seen 2
      2:3 «2»
      object
    ");
}
