//! Terraform as JSON has the shape of the same as HCL.

use model::{DocumentKind, Format, NodePath, Origin, Segment, TreePath};
use serde_json::Value;

use crate::{Limits, may_be_kind, parse};

fn read(name: &str, format: Format, text: &str) -> Vec<model::Document> {
    let origin = Origin::file(TreePath::new(name).expect("a path"));
    let (documents, problems) = parse(format, &origin, text.as_bytes(), &Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    for document in &documents {
        assert!(may_be_kind(format, &document.origin.path, text.as_bytes(), document.kind), "{text}");
    }
    documents
}

fn shape(name: &str, format: Format, text: &str) -> (DocumentKind, Value) {
    let documents = read(name, format, text);
    (documents[0].kind, documents[0].root.to_json())
}

#[track_caller]
fn check(json: &str, hcl: &str) {
    let expected = shape("main.tf", Format::Hcl, hcl);
    for name in ["main.tf.json", "main.tofu.json"] {
        assert_eq!(shape(name, Format::Json, json), expected, "{json}");
    }
}

#[test]
fn blocks_are_found_under_their_labels() {
    check(
        r#"{"//": "a comment", "terraform": {"required_version": ">= 1.5", "backend": {"s3": {"bucket": "a", "encrypt": true}}, "required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.0", "configuration_aliases": ["aws.west"]}}}}"#,
        "terraform {\n  required_version = \">= 1.5\"\n  backend \"s3\" {\n    bucket = \"a\"\n    encrypt = true\n  }\n  required_providers {\n    aws = {\n      source = \"hashicorp/aws\"\n      version = \"~> 5.0\"\n      configuration_aliases = [aws.west]\n    }\n  }\n}\n",
    );
    check(
        r#"{"module": {"a": {"source": "./a", "size": "${var.size}", "providers": {"aws": "aws.west"}, "depends_on": ["module.b"]}}}"#,
        "module \"a\" {\n  source = \"./a\"\n  size = var.size\n  providers = { aws = aws.west }\n  depends_on = [module.b]\n}\n",
    );
    check(
        r#"{"resource": {"aws_s3_bucket": {"a": {"bucket": "x-${var.n}", "provider": "aws.west", "lifecycle": {"ignore_changes": ["tags"]}, "provisioner": [{"local-exec": {"command": "ls"}}]}, "b": [{"count": 2}]}}}"#,
        "resource \"aws_s3_bucket\" \"a\" {\n  bucket = \"x-${var.n}\"\n  provider = aws.west\n  lifecycle {\n    ignore_changes = [tags]\n  }\n  provisioner \"local-exec\" {\n    command = \"ls\"\n  }\n}\nresource \"aws_s3_bucket\" \"b\" {\n  count = 2\n}\n",
    );
}

#[test]
fn arrays_of_objects_are_several_blocks() {
    check(
        r#"{"provider": {"aws": [{"region": "a"}, {"alias": "west", "region": "b"}]}, "locals": [{"a": 1}, {"b": "${local.a}"}]}"#,
        "provider \"aws\" {\n  region = \"a\"\n}\nprovider \"aws\" {\n  alias = \"west\"\n  region = \"b\"\n}\nlocals {\n  a = 1\n}\nlocals {\n  b = local.a\n}\n",
    );
    check(
        r#"[{"output": {"a": {"value": "${local.a}", "sensitive": true}}}, {"output": [{"b": {"value": 1}}]}]"#,
        "output \"a\" {\n  value = local.a\n  sensitive = true\n}\noutput \"b\" {\n  value = 1\n}\n",
    );
}

#[test]
fn texts_of_variables_are_types_and_literals() {
    check(
        r#"{"variable": {"a": {"type": "list(string)", "default": ["${x}"], "description": "a ${b}", "validation": {"condition": "${var.a != 1}", "error_message": "no"}}}}"#,
        "variable \"a\" {\n  type = list(string)\n  default = [\"$${x}\"]\n  description = \"a $${b}\"\n  validation {\n    condition = var.a != 1\n    error_message = \"no\"\n  }\n}\n",
    );
}

#[test]
fn values_keep_their_places() {
    let text = "{\n  \"module\": {\n    \"a\": {\n      \"source\": \"x\"\n    }\n  }\n}\n";
    let documents = read("main.tf.json", Format::Json, text);
    let key = |name: &str| Segment::Key(name.to_owned());
    let path = NodePath(vec![key("module"), key("a"), Segment::Index(0), key("source")]);
    assert_eq!(documents[0].root.at(&path).expect("it is there").span.start.line, 4);
}

#[test]
fn other_files_are_what_they_were() {
    let kind = |name: &str, text: &str| shape(name, Format::Json, text).0;
    assert_eq!(kind("a.json", r#"{"module": {}}"#), DocumentKind::Plain);
    assert_eq!(kind(".terraform/a/main.tf.json", r#"{"module": {}}"#), DocumentKind::Plain);
    assert_eq!(kind("a.tf.json", r#"{"other": {}}"#), DocumentKind::Plain);
    // What Terraform refuses stays as it is.
    assert_eq!(
        shape("a.tf.json", Format::Json, r#"{"module": [1], "x": 1}"#).1,
        serde_json::json!({"module": [1], "x": 1})
    );
}
