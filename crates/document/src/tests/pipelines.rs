//! Kinds told by name and content: services and pipelines, and what only looks like them.

use model::{DocumentKind, Format, Origin, TreePath};

use crate::{Limits, format_of, may_be_kind, parse};

fn kind_of(path: &str, text: &str) -> DocumentKind {
    let path = TreePath::new(path).expect("a valid path");
    let format = format_of(&path).unwrap_or(Format::Yaml);
    let origin = Origin::file(path);
    let (documents, problems) = parse(format, &origin, text.as_bytes(), &Limits::default());
    assert!(problems.is_empty(), "{text}: {problems:?}");
    let document = documents.first().unwrap_or_else(|| panic!("no document in {text}"));
    assert!(may_be_kind(format, &origin.path, text.as_bytes(), document.kind), "the quick look passes over {text}");
    document.kind
}

/// A text under a name that says nothing.
fn check(text: &str, expected: DocumentKind) {
    assert_eq!(kind_of("file.yaml", text), expected, "{text}");
}

fn check_named(path: &str, text: &str, expected: DocumentKind) {
    assert_eq!(kind_of(path, text), expected, "{path}");
}

/// What the quick look says of a text under a name that says nothing.
fn check_look(text: &str, kind: DocumentKind, expected: bool) {
    let path = TreePath::new("file.yaml").expect("a valid path");
    assert_eq!(may_be_kind(Format::Yaml, &path, text.as_bytes(), kind), expected, "{kind:?}: {text}");
}

#[test]
fn services() {
    use DocumentKind::{Compose, Plain};
    check("services: {web: {image: nginx}}", Compose);
    check("services: {web: {build: .}}\nx-common: 1\nvolumes: {}", Compose);
    check("services: {web: {build: {context: .}}}", Compose);
    check("services: {web: {extends: other}, db: {}}", Compose);
    check("services: {app.mailer: {class: App\\Mailer}}", Plain);
    check("replicas: 2\nservices: {web: {image: nginx}}", Plain);
    check("services: [docker]", Plain);
    check_named("compose.yaml", "include: [other.yaml]", Compose);
    check_named("a/docker-compose.override.yml", "services: {web: {}}", Compose);
    check_named("docker-compose-dev.yml", "volumes: {}", Compose);
    check_named("prod.compose.yaml", "services: {}", Compose);
    check_named("Docker-Compose.yml", "services: {}", Compose);
    check_named("compose.json", "{\"services\": {\"a\": {}}}", Compose);
    check_named("compose.yaml", "- 1", Plain);
    check_named("composer.yaml", "services: {}", Plain);
    check_named("compose.yaml", "apiVersion: v1\nkind: Pod", DocumentKind::Kubernetes);
}

#[test]
fn workflows_and_actions() {
    use DocumentKind::{Dependabot, GithubAction, GithubWorkflow, Plain};
    check("on: push\njobs: {a: {runs-on: ubuntu-24.04}}", GithubWorkflow);
    check("'on': [push]\njobs: {a: {uses: ./x.yml}}", GithubWorkflow);
    check("{on: {push: {}}, jobs: {a: {steps: []}}}", GithubWorkflow);
    check("{\"on\" : push, jobs # a comment\n : {a: {steps: []}}}", GithubWorkflow);
    check("? on\n: push\n? jobs\n: {a: {steps: []}}", GithubWorkflow);
    check("\"\\x6fn\": push\n\"job\\u0073\": {a: {steps: []}}", GithubWorkflow);
    check("x: &x on\n*x : push\njobs: {a: {steps: []}}", GithubWorkflow);
    check("jobs: {build: {docker: [{image: a}], steps: [checkout]}}\nversion: 2.1", Plain);
    check_named(".github/workflows/ci.yml", "name: x", GithubWorkflow);
    check_named("sub/.github/workflows/ci.YAML", "on: push\nsteps: []", GithubWorkflow);
    check_named(".forgejo/workflows/ci.yml", "name: x", GithubWorkflow);
    check_named(".github/workflows/deep/ci.yml", "name: x", Plain);
    check_named("x.github/workflows/ci.yml", "name: x", Plain);
    check_named("node_modules/x/.github/workflows/ci.yml", "on: push\njobs: {a: {steps: []}}", Plain);
    check("runs: {using: composite, steps: []}", GithubAction);
    check("runs: {using: node20, main: index.js}", GithubAction);
    check_named("action.yml", "runs: 5", Plain);
    check("version: 2\nupdates: [{package-ecosystem: npm}]", Dependabot);
    check_named(".github/dependabot.yml", "version: 2", Dependabot);
    check_named("dependabot.yml", "version: 2", Plain);
}

#[test]
fn charts_templates_and_playbooks() {
    use DocumentKind::{Ansible, CloudFormation, HelmChart, HelmValues, Plain};
    check_named("charts/a/Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0", HelmChart);
    check_named("charts/a/values.yaml", "image: {tag: x}", HelmValues);
    check_named("values-prod.yml", "replicas: 2", HelmValues);
    check_named("evaluesx.yaml", "replicas: 2", Plain);
    check("AWSTemplateFormatVersion: 2010-09-09\nParameters: {}", CloudFormation);
    check("Resources: {B: {Type: 'AWS::S3::Bucket', Properties: {Name: !Ref N}}}", CloudFormation);
    check("Resources: {B: {Type: bucket}}", Plain);
    check("[{hosts: all, tasks: [{name: a, shell: b}]}]", Ansible);
    check("[{import_playbook: other.yml}]", Ansible);
    check("[{hosts: all}]", Plain);
    check_named("roles/web/tasks/main.yml", "[{name: a, copy: {src: b}}]", Ansible);
    check_named("tasks/main.yml", "[{name: a}]", Plain);
    check_named("node_modules/x/values.yaml", "a: 1", Plain);
}

#[test]
fn templates_of_azure() {
    let text = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []}"#;
    let (documents, _) = super::read(Format::Json, text.as_bytes(), &Limits::default());
    assert_eq!(documents[0].kind, DocumentKind::Arm);
    assert!(may_be_kind(Format::Json, &documents[0].origin.path, text.as_bytes(), DocumentKind::Arm));
}

#[test]
fn pipelines_of_gitlab() {
    use DocumentKind::{GitlabCi, Plain};
    check("test: {stage: test, script: make}", GitlabCi);
    check("stages: [test]\ntest: {script: [make]}", GitlabCi);
    check(".base: {script: [make], rules: []}", GitlabCi);
    check("test: {script: [make]}", Plain);
    check("lint_task: {container: {image: x}, script: make}", Plain);
    check("automation: {script: {alias: x}, when: y}", Plain);
    check_named(".gitlab-ci.yml", "include: {local: /x.yml}", GitlabCi);
    check_named("ci/release.gitlab-ci.yml", "a: {script: b}", GitlabCi);
    check_named(".gitlab/ci/rules.yml", ".rules: {rules: []}", GitlabCi);
    check_named("x/.gitlab-ci/rules.yml", ".rules: {rules: []}", GitlabCi);
}

#[test]
fn pipelines_of_azure() {
    use DocumentKind::{AzurePipelines, Plain};
    check("steps: [{task: NodeTool@0}]", AzurePipelines);
    check("steps: [{script: make}]", AzurePipelines);
    check("pool: x\nsteps: [{script: make, name: a}]", AzurePipelines);
    check("jobs: [{job: a}]", AzurePipelines);
    check("stages: [{stage: a, jobs: []}]", AzurePipelines);
    check("stages: [{\"${{ if eq(1, 1) }}\": [{stage: a}]}]", AzurePipelines);
    check("extends: {template: x.yml}", AzurePipelines);
    check("steps: [{name: gcr.io/cloud-builders/docker, script: make}]", Plain);
    check("steps: [{command: make}]", Plain);
    check("stages: [build]", Plain);
    check_named("azure-pipelines.yml", "trigger: none", AzurePipelines);
    check_named("ci/azure-pipelines-nightly.yaml", "trigger: none", AzurePipelines);
}

#[test]
fn quick_look() {
    use DocumentKind::{AzurePipelines, Compose, GithubAction, GithubWorkflow, GitlabCi};
    check_look("description: x\njobs: 1", GithubWorkflow, false);
    check_look("a: \"services: image\"", Compose, false);
    check_look("a: \"C:\\Users\"", Compose, true);
    check_look("a: C:\\Programs", Compose, false);
    check_look("scripts: {a: b}", GitlabCi, false);
    check_look("scripts: {a: '*'}", GitlabCi, true);
    check_look("steps: [{command: make}]", AzurePipelines, false);
    check_look("runs: {main: using}", GithubAction, false);
    let path = TreePath::new("package.json").expect("a valid path");
    assert!(!may_be_kind(Format::Json, &path, b"{\"script\": \"\\u0061\"}", GitlabCi));
}
