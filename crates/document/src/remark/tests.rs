//! Remarks as text: what each says, which lines and blocks it may speak of.

use std::fmt::Write as _;

use insta::assert_snapshot;
use model::{Format, Origin, Remark, RemarkForm, Span, TreePath};

use super::{parse_with_remarks, remarks_beside};
use crate::Limits;

const MARKS: &[&str] = &["mark"];

fn origin(name: &str) -> Origin {
    Origin::file(TreePath::new(name).expect("a valid path"))
}

fn check(format: Format, text: &str) -> String {
    let (_, problems, remarks) =
        parse_with_remarks(format, &origin("file"), text.as_bytes(), &Limits::default(), MARKS);
    assert!(problems.is_empty(), "{problems:?}");
    shown(text, &remarks)
}

fn shown(text: &str, remarks: &[Remark]) -> String {
    let mut out = String::new();
    for remark in remarks {
        let span = remark.location.span.expect("a remark has a place");
        let slice = |span: Option<Span>| {
            span.map_or("-".to_owned(), |span| {
                format!("«{}»", text[span.start.offset as usize..span.end.offset as usize].replace('\n', "⏎"))
            })
        };
        let form = match &remark.form {
            RemarkForm::Comment => String::new(),
            RemarkForm::Annotation(key) => format!("{key} = "),
        };
        let reach = &remark.reach;
        let lines = reach.lines.map_or("-".to_owned(), |(first, last)| format!("{first}-{last}"));
        let head = if reach.is_head { " head" } else { "" };
        let place = (span.start.line, span.start.column);
        let _ = writeln!(out, "{}:{} {form}{}{head}", place.0, place.1, remark.text);
        let _ = writeln!(out, "  lines {lines} block {} around {}", slice(reach.block), slice(reach.around));
    }
    out
}

#[test]
fn yaml_comments_and_what_is_none() {
    assert_snapshot!(check(Format::Yaml, "# mark top\n\n# more\na: \"x # mark no\" # mark one\nb: |\n  # mark no\n  text\n# mark two\nc:\n  - d: 1 # mark item\n    e: it's # mark plain\n  # mark three\n  - f#mark: g\n"), @r##"
    1:3 mark top head
      lines 4-4 block «a: "x # mark no" # mark one⏎b: |⏎  # mark no⏎  text⏎# mark two⏎c:⏎  - d: 1 # mark item⏎    e: it's # mark plain⏎  # mark three⏎  - f#mark: g» around -
    4:20 mark one
      lines 4-4 block - around «a: "x # mark no" # mark one⏎b: |⏎  # mark no⏎  text⏎# mark two⏎c:⏎  - d: 1 # mark item⏎    e: it's # mark plain⏎  # mark three⏎  - f#mark: g»
    8:3 mark two
      lines 9-9 block «c:⏎  - d: 1 # mark item⏎    e: it's # mark plain⏎  # mark three⏎  - f#mark: g» around «a: "x # mark no" # mark one⏎b: |⏎  # mark no⏎  text⏎# mark two⏎c:⏎  - d: 1 # mark item⏎    e: it's # mark plain⏎  # mark three⏎  - f#mark: g»
    10:12 mark item
      lines 10-10 block - around «d: 1 # mark item⏎    e: it's»
    11:15 mark plain
      lines 11-11 block - around «d: 1 # mark item⏎    e: it's»
    12:5 mark three
      lines 13-13 block «f#mark: g» around «c:⏎  - d: 1 # mark item⏎    e: it's # mark plain⏎  # mark three⏎  - f#mark: g»
    "##);
}

#[test]
fn yaml_blocks() {
    assert_snapshot!(check(Format::Yaml, "a: # mark open\n  b: 1\n  # mark in\n  c:\n    d: 1\n---\n# mark document\ne: 1\nf: 2\n"), @r##"
    1:6 mark open
      lines 1-1 block «a: # mark open⏎  b: 1⏎  # mark in⏎  c:⏎    d: 1» around «a: # mark open⏎  b: 1⏎  # mark in⏎  c:⏎    d: 1»
    3:5 mark in
      lines 4-4 block «c:⏎    d: 1» around «a: # mark open⏎  b: 1⏎  # mark in⏎  c:⏎    d: 1»
    7:3 mark document
      lines 8-8 block «e: 1⏎f: 2» around -
    "##);
}

#[test]
fn kubernetes_annotations() {
    assert_snapshot!(check(Format::Yaml, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations: {mark/a: why, other: x}\nspec:\n  template:\n    metadata:\n      annotations:\n        mark/b: because\n    spec: {}\n"), @r##"
    4:17 mark/a = why
      lines - block - around «apiVersion: apps/v1⏎kind: Deployment⏎metadata:⏎  annotations: {mark/a: why, other: x}⏎spec:⏎  template:⏎    metadata:⏎      annotations:⏎        mark/b: because⏎    spec: {}»
    9:9 mark/b = because
      lines - block - around «metadata:⏎      annotations:⏎        mark/b: because⏎    spec: {}»
    "##);
}

#[test]
fn dockerfile_comments() {
    assert_snapshot!(check(Format::Dockerfile, "# mark head\n# syntax=x\nFROM a\n# mark run\nRUN a \\\n  # mark inside\n  && b\nRUN <<EOF\n# mark no\nEOF\n# mark last\n"), @r##"
    1:3 mark head head
      lines 3-3 block «FROM a» around -
    4:3 mark run
      lines 5-7 block «RUN a \⏎  # mark inside⏎  && b» around -
    6:5 mark inside
      lines 7-7 block «RUN <<EOF⏎# mark no⏎EOF» around -
    11:3 mark last
      lines - block - around -
    "##);
}

#[test]
fn hcl_comments() {
    assert_snapshot!(check(Format::Hcl, "# mark file\nresource \"a\" \"b#mark\" { // mark open\n  /* mark\n   * mark second */\n  x = \"${f(\"}\", { /* mark deep */ y = 1 })} # mark no\"\n  t = <<EOF\n# mark no\nEOF\n  # mark rule\n  rule {\n    id = 1 # mark line\n  }\n}\n"), @r##"
    1:3 mark file head
      lines 2-2 block «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}» around -
    2:28 mark open
      lines 2-2 block «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}» around «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}»
    3:6 mark
      lines 5-5 block «x = "${f("}", { /* mark deep */ y = 1 })} # mark no"» around «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}»
    4:6 mark second
      lines 5-5 block «x = "${f("}", { /* mark deep */ y = 1 })} # mark no"» around «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}»
    5:22 mark deep
      lines 5-5 block «x = "${f("}", { /* mark deep */ y = 1 })} # mark no"» around «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}»
    9:5 mark rule
      lines 10-10 block «rule {⏎    id = 1 # mark line⏎  }» around «resource "a" "b#mark" { // mark open⏎  /* mark⏎   * mark second */⏎  x = "${f("}", { /* mark deep */ y = 1 })} # mark no"⏎  t = <<EOF⏎# mark no⏎EOF⏎  # mark rule⏎  rule {⏎    id = 1 # mark line⏎  }⏎}»
    11:14 mark line
      lines 11-11 block - around «rule {⏎    id = 1 # mark line⏎  }»
    "##);
}

#[test]
fn formats_of_code() {
    assert_snapshot!(check(Format::Jsonc, "// mark a\n{\"x\": \"// mark no\", /* mark b */ \"y\": 1}\n"), @r##"
    1:4 mark a head
      lines 2-2 block «{"x": "// mark no", /* mark b */ "y": 1}» around -
    2:24 mark b
      lines 2-2 block - around «{"x": "// mark no", /* mark b */ "y": 1}»
    "##);
    assert_snapshot!(check(Format::Toml, "# mark a\n[t]\nx = '# mark no\\' # mark b\ny = '''\n# mark no\n'''\n"), @r##"
    1:3 mark a head
      lines 2-2 block «t]⏎x = '# mark no\' # mark b⏎y = '''⏎# mark no⏎'''» around -
    3:20 mark b
      lines 3-3 block - around «t]⏎x = '# mark no\' # mark b⏎y = '''⏎# mark no⏎'''»
    "##);
    assert_snapshot!(check(Format::Textproto, "# mark a\nx: \"# mark no\\\" #\" # mark b\n"), @r##"
    1:3 mark a head
      lines 2-2 block «x: "# mark no\" #"» around -
    2:22 mark b
      lines 2-2 block - around -
    "##);
    assert_snapshot!(check(Format::Edn, "; mark a\n{:a \"; mark no\" :b \\; :c 1} ; mark b\n"), @r##"
    1:3 mark a head
      lines 2-2 block «:a "; mark no"» around -
    2:31 mark b
      lines 2-2 block - around -
    "##);
    assert_snapshot!(check(Format::Nginx, "# mark a\nserver {\n  add_header X \"# mark no\"; # mark b\n  rewrite a#mark c;\n}\n"), @r##"
    1:3 mark a head
      lines 2-2 block «server {⏎  add_header X "# mark no"; # mark b⏎  rewrite a#mark c;⏎}» around -
    3:31 mark b
      lines 3-3 block - around «add_header X "# mark no";»
    "##);
    assert_snapshot!(check(Format::Xml, "<?xml version=\"1.0\"?>\n<!-- mark a -->\n<x a=\"<!-- mark no -->\"><![CDATA[<!-- mark no -->]]><y/></x>\n"), @r##"
    2:6 mark a head
      lines 3-3 block «<x a="<!-- mark no -->"><![CDATA[<!-- mark no -->]]><y/></x>» around -
    "##);
}

#[test]
fn formats_of_lines() {
    assert_snapshot!(check(Format::Ini, "; mark a\n[s]\nx = \"# mark no\" ; mark b\n"), @r##"
    1:3 mark a head
      lines 2-2 block «s]⏎x = "# mark no» around -
    3:19 mark b
      lines 3-3 block - around -
    "##);
    assert_snapshot!(check(Format::Dotenv, "# mark a\nX='# mark no' # mark b\n"), @r##"
    1:3 mark a head
      lines 2-2 block «X='# mark no» around -
    2:17 mark b
      lines 2-2 block - around -
    "##);
    assert_snapshot!(check(Format::Properties, "! mark a\nx=1 # mark no\\\n# mark no\n# mark b\ny=2\n"), @r##"
    1:3 mark a head
      lines 2-2 block «x=1 # mark no\⏎# mark no» around -
    4:3 mark b
      lines 5-5 block «y=2» around -
    "##);
    assert_snapshot!(check(Format::Codeowners, "# mark a\n* @x\n"), @r##"
    1:3 mark a head
      lines 2-2 block «* @x» around -
    "##);
    assert_snapshot!(check(Format::Ignore, "# mark a\n/x # mark no\n"), @r##"
    1:3 mark a head
      lines 2-2 block «/x # mark no» around «# mark a»
    "##);
    assert_eq!(check(Format::Json, "{\"a\": \"# mark\"}"), "");
}

#[test]
fn lockfiles() {
    let beside = |name: &str, text: &str| shown(text, &remarks_beside(&origin(name), text.as_bytes(), 10, MARKS));
    assert_snapshot!(beside("requirements.txt", "a==1 # mark a\nb @ git+https://x/y#mark=no\n# mark b\nc==2\n"), @r##"
    1:8 mark a
      lines 1-1 block - around -
    3:3 mark b
      lines 4-4 block - around -
    "##);
    assert_snapshot!(beside("Cargo.lock", "# mark a\n[[package]]\nname = \"# mark no\"\n"), @r##"
    1:3 mark a head
      lines 2-2 block - around -
    "##);
    assert_snapshot!(beside("go.mod", "module x\nrequire y v1 // mark a\n"), @r##"
    2:17 mark a
      lines 2-2 block - around -
    "##);
    assert_eq!(beside("package-lock.json", "{\"a\": \"// mark\"}"), "");
}

#[test]
fn many_and_long_ones_are_bounded() {
    let text = "a: 1 # mark\n".to_owned() + &"# mark\n".repeat(1500) + "b: 2\n";
    let (_, problems, remarks) =
        parse_with_remarks(Format::Yaml, &origin("file"), text.as_bytes(), &Limits::default(), MARKS);
    assert_eq!((remarks.len(), problems.len()), (1000, 1));
    assert!(problems[0].message.contains("501 more"), "{problems:?}");
    assert_eq!(remarks[999].reach.lines, Some((1502, 1502)));
    let text = format!("# mark {}\na: 1\n", "é".repeat(5000));
    let (_, _, remarks) = parse_with_remarks(Format::Yaml, &origin("file"), text.as_bytes(), &Limits::default(), MARKS);
    assert!(remarks[0].is_cut() && remarks[0].text.len() < 1030, "{}", remarks[0].text.len());
}

#[test]
fn damaged_text_is_no_fault() {
    for format in Format::ALL {
        for text in [
            "# mark \"",
            "a: \"# mark",
            "/* mark",
            "<!-- mark",
            "<<EOF mark",
            "\"${ mark",
            "mark\\",
            "\\\nmark # mark",
            "é#mark",
        ] {
            let _ = parse_with_remarks(*format, &origin("file"), text.as_bytes(), &Limits::default(), MARKS);
            for name in ["a.txt", "Cargo.lock", "go.mod", "pom.xml"] {
                remarks_beside(&origin(name), text.as_bytes(), 10, MARKS);
            }
        }
    }
}
