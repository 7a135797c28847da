//! HCL: the shape that Conftest gives, and the syntax tree.

use std::fmt::Write as _;

use insta::assert_snapshot;
use model::{DocumentKind, Format};
use serde_json::Value;

use super::{read, shown};
use crate::Limits;

/// Everything of the first document, with places.
fn check(text: &str) -> String {
    let all = shown(Format::Hcl, text);
    let second = all.find("--- 1").unwrap_or(all.len());
    let problems: String =
        all.lines().filter(|line| line.starts_with(['E', 'W'])).fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "{line}");
            out
        });
    if second == all.len() { all } else { all[..second].to_owned() + &problems }
}

fn value(text: &str, kind: DocumentKind) -> Value {
    let (documents, problems) = read(Format::Hcl, text.as_bytes(), &Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents.iter().find(|document| document.kind == kind).expect("a document of this kind").root.to_json()
}

/// What Conftest shows of the attribute `a`.
fn shape(text: &str) -> String {
    value(&format!("a = {text}\n"), DocumentKind::Plain)["a"].to_string()
}

/// The syntax tree of the attribute `a`.
fn syntax(text: &str) -> String {
    value(&format!("a = {text}\n"), DocumentKind::HclSyntax)["attributes"]["a"].to_string()
}

#[test]
fn blocks_and_places() {
    assert_snapshot!(check("resource \"aws_s3_bucket\" \"é\" {\n  acl = \"private\"\n  tags = { a = 1, \"b\" : [true, null] }\n  rule {\n    id = var.id\n  }\n  rule {}\n}\n"), @r#"
    --- 0 terraform
    . {} 1:1-8:2
    resource {} 1:1-8:2 key «resource»
    resource.aws_s3_bucket {} 1:1-8:2 key «"aws_s3_bucket"»
    resource.aws_s3_bucket.é [] 1:1-8:2 key «"é"»
    resource.aws_s3_bucket.é[0] {} 1:1-8:2
    resource.aws_s3_bucket.é[0].acl = "private" 2:9-2:18 «"private"» key «acl»
    resource.aws_s3_bucket.é[0].tags {} 3:10-3:39 key «tags»
    resource.aws_s3_bucket.é[0].tags.a = 1 3:16-3:17 «1» key «a»
    resource.aws_s3_bucket.é[0].tags.b [] 3:25-3:37 key «"b"»
    resource.aws_s3_bucket.é[0].tags.b[0] = true 3:26-3:30 «true»
    resource.aws_s3_bucket.é[0].tags.b[1] = null 3:32-3:36 «null»
    resource.aws_s3_bucket.é[0].rule [] 4:3-7:10 key «rule»
    resource.aws_s3_bucket.é[0].rule[0] {} 4:3-6:4
    resource.aws_s3_bucket.é[0].rule[0].id = "${var.id}" 5:10-5:16 «var.id» key «id»
    resource.aws_s3_bucket.é[0].rule[1] {} 7:3-7:10
    "#);
    assert_snapshot!(check("variable \"a\" {}\nvariable \"b\" {}\nlocals { x = -1.5 }\nlocals { x = !true }\n"), @r#"
    --- 0 terraform
    . {} 1:1-4:21
    variable {} 1:1-2:16 key «variable»
    variable.a [] 1:1-1:16 key «"a"»
    variable.a[0] {} 1:1-1:16
    variable.b [] 2:1-2:16 key «"b"»
    variable.b[0] {} 2:1-2:16
    locals [] 3:1-4:21 key «locals»
    locals[0] {} 3:1-3:20
    locals[0].x = -1.5 3:14-3:18 «-1.5» key «x»
    locals[1] {} 4:1-4:21
    locals[1].x = false 4:14-4:19 «!true» key «x»
    "#);
}

#[test]
fn expressions_as_text() {
    assert_snapshot!(shape("var.x[0].y"), @r#""${var.x[0].y}""#);
    assert_snapshot!(shape("\"${var.x}\""), @r#""${var.x}""#);
    assert_snapshot!(shape("\"a ${ var.x } $${b} %%{c} é\\n\""), @r#""a ${var.x} $${b} %%{c} é\n""#);
    assert_snapshot!(shape("a == 1 ? [1] : f(x, y...)"), @r#""${a == 1 ? [1] : f(x, y...)}""#);
    assert_snapshot!(shape("[for k, v in m : upper(v) if v != \"\"]"), @r#""${[for k, v in m : upper(v) if v != \"\"]}""#);
    assert_snapshot!(shape("(1 + 2) * 3"), @r#""${(1 + 2) * 3}""#);
    assert_snapshot!(shape("\"x${c ? \"t\" : \"f\"}y${\"in ${a} ner\"}${5}\""), @r#""x%{if c}t%{else}f%{endif}yin ${a} ner5""#);
    assert_snapshot!(shape("\"%{ if c ~} yes %{ else }no%{ endif }, %{for i in l}${i},%{endfor}\""), @r#""%{if c}yes %{else}no%{endif}, %{for i in l}${i},%{endfor}""#);
    assert_snapshot!(shape("<<-EOT\n    one ${x}\n      two\n    EOT\n"), @r#""one ${x}\n  two\n""#);
    assert_snapshot!(shape("<<EOT\n  one\n  EOT\n"), @r#""  one\n""#);
    assert_snapshot!(shape("{ (var.k) = 1, a.b = 2, \"${x}-y\" = 3, \"lit\" = 4 }"), @r#"{"${(var.k)}":1,"a.b":2,"${x}-y":3,"lit":4}"#);
    assert_snapshot!(shape("[123456789012345678901234567890, 1e3, -5, 0.1]"), @r#"["123456789012345678901234567890",1000.0,-5,0.1]"#);
}

#[test]
fn syntax_trees() {
    assert_snapshot!(value("module \"m\" {\n  source = \"./x\"\n  sub \"l\" \"k\" {}\n}\n", DocumentKind::HclSyntax), @r#"{"attributes":{},"blocks":[{"type":"module","labels":["m"],"attributes":{"source":{"kind":"literal","value":"./x"}},"blocks":[{"type":"sub","labels":["l","k"],"attributes":{},"blocks":[]}]}]}"#);
    assert_snapshot!(syntax("var.x[0][*].y[each.key]"), @r#"{"kind":"reference","path":["var","x",0,"*","y",{"kind":"reference","path":["each","key"]}]}"#);
    assert_snapshot!(syntax("\"a${f(1)}\""), @r#"{"kind":"template","parts":[{"kind":"literal","value":"a"},{"kind":"call","name":"f","arguments":[{"kind":"literal","value":1}],"expands":false}]}"#);
    assert_snapshot!(syntax("{ a = -x, (b) = c ? d : e }"), @r#"{"kind":"object","items":[{"key":{"kind":"literal","value":"a"},"value":{"kind":"operation","operator":"-","operands":[{"kind":"reference","path":["x"]}]}},{"key":{"kind":"reference","path":["b"]},"value":{"kind":"conditional","condition":{"kind":"reference","path":["c"]},"then":{"kind":"reference","path":["d"]},"else":{"kind":"reference","path":["e"]}}}]}"#);
    assert_snapshot!(syntax("{for k, v in m : k => v... if k != null}"), @r#"{"kind":"for","names":["k","v"],"in":{"kind":"reference","path":["m"]},"key":{"kind":"reference","path":["k"]},"value":{"kind":"reference","path":["v"]},"groups":true,"condition":{"kind":"operation","operator":"!=","operands":[{"kind":"reference","path":["k"]},{"kind":"literal","value":null}]}}"#);
    assert_snapshot!(syntax("provider::aws::arn(l...)[0]"), @r#"{"kind":"access","of":{"kind":"call","name":"provider::aws::arn","arguments":[{"kind":"reference","path":["l"]}],"expands":true},"path":[0]}"#);
    assert_snapshot!(syntax("\"%{if a}b%{else}c%{endif}%{for i in l}d%{endfor}\""), @r#"{"kind":"template","parts":[{"kind":"if","condition":{"kind":"reference","path":["a"]},"then":{"kind":"template","parts":[{"kind":"literal","value":"b"}]},"else":{"kind":"template","parts":[{"kind":"literal","value":"c"}]}},{"kind":"for","names":["i"],"in":{"kind":"reference","path":["l"]},"value":{"kind":"template","parts":[{"kind":"literal","value":"d"}]}}]}"#);
}

#[test]
fn kinds() {
    let kinds = |text: &str| {
        let (documents, _) = read(Format::Hcl, text.as_bytes(), &Limits::default());
        documents.iter().map(|document| document.kind.name()).collect::<Vec<_>>().join(" ")
    };
    assert_snapshot!(kinds("resource \"a\" \"b\" {}"), @"terraform hcl-syntax");
    assert_snapshot!(kinds("variable \"a\" {}\n"), @"terraform hcl-syntax");
    assert_snapshot!(kinds("variable \"a\" {}\nsource \"x\" \"y\" {}\nbuild {}\n"), @"plain hcl-syntax");
    assert_snapshot!(kinds("region = \"eu\"\n"), @"plain hcl-syntax");
    assert_snapshot!(kinds("# nothing\n"), @"");
}

#[test]
fn faults() {
    assert_snapshot!(check("a = \n"), @r#"Error Syntax 1:5 no valid HCL: invalid expression; expected `"`, `[`, `{`, `-`, `!`, `(`, `_`, `<`, letter or digit, the file was not read"#);
    assert_snapshot!(check("resource \"a\" {\n  b = 1\n"), @"Error Syntax 2:8 no valid HCL: invalid block body; expected `}`, newline or identifier, the file was not read");
    assert_snapshot!(check("a = {{ .Values.x }}\n"), @"Error Syntax 1:8 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read");
    assert_snapshot!(check("rule {}\nrule \"x\" {}\n"), @r"
    --- 0 plain
    . {} 1:1-2:12
    rule [] 1:1-1:8 key «rule»
    rule[0] {} 1:1-1:8
    Error Shape 2:1 `rule` has other labels here than before, or is an attribute too: this one was not read
    ");
    assert_snapshot!(check("\u{feff}a = \"é\"\nb = 1\n"), @r#"
    --- 0 plain
    . {} 1:2-2:6
    a = "é" 1:6-1:9 «"é"» key «a»
    b = 1 2:5-2:6 «1» key «b»
    "#);
}
