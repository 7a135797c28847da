//! The smallest cause, for policies that know nothing of lines.

use insta::assert_snapshot;

use super::check;

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  hostNetwork: true
  containers:
    - name: app
      image: nginx:latest
      securityContext:
        privileged: true
        capabilities:
          add: [CHOWN, SYS_ADMIN]
    - name: sidecar
      image: envoy:1.2
      resources:
        requests:
          cpu: 1
";

/// A body of `deny` in package `main`.
fn deny(body: &str) -> String {
    format!("package main\ndeny contains msg if {{\n{body}\n}}\n")
}

#[test]
fn a_value_that_must_not_be() {
    assert_snapshot!(check(&deny(r#"
        input.kind == "Pod"
        some c in input.spec.containers
        c.securityContext.privileged
        msg := sprintf("container %s is privileged", [c.name])"#), POD), @r"
    high main/deny: container app is privileged
      12:9 «privileged: true»
      cause spec.containers[0].securityContext.privileged
    ");
    assert_snapshot!(check(&deny(r#"
        input.kind == "Pod"
        input.spec.hostNetwork
        msg := sprintf("pod %s/%s uses the host's network", [input.metadata.namespace, input.metadata.name])"#), POD), @r"
    high main/deny: pod shop/web uses the host's network
      7:3 «hostNetwork: true»
      cause spec.hostNetwork
    ");
    assert_snapshot!(check(&deny(r#"
        some c in input.spec.containers
        some capability in c.securityContext.capabilities.add
        capability in {"SYS_ADMIN", "NET_ADMIN"}
        msg := sprintf("container %s adds %s", [c.name, capability])"#), POD), @r"
    high main/deny: container app adds SYS_ADMIN
      14:24 «SYS_ADMIN»
      cause spec.containers[0].securityContext.capabilities.add[1]
    ");
    assert_snapshot!(check(&deny(r#"
        some c in input.spec.containers
        endswith(c.image, ":latest")
        msg := sprintf("container %s uses %s", [c.name, c.image])"#), POD), @r"
    high main/deny: container app uses nginx:latest
      10:7 «image: nginx:latest»
      cause spec.containers[0].image
    ");
    assert_snapshot!(check(&deny(r#"
        input.metadata.namespace == "shop"
        msg := "the shop is closed""#), POD), @r"
    high main/deny: the shop is closed
      5:3 «namespace: shop»
      cause metadata.namespace
    ");
    assert_snapshot!(check(&deny(r#"
        input.kind == "Pod"
        msg := "no bare pods""#), POD), @r"
    high main/deny: no bare pods
      2:1 «kind: Pod»
      cause kind
    ");
}

#[test]
fn something_that_is_missing() {
    assert_snapshot!(check(&deny(r#"
        some c in input.spec.containers
        not c.securityContext.runAsNonRoot
        msg := sprintf("container %s may run as root", [c.name])"#), POD), @r"
    high main/deny: container app may run as root
      11:7 «securityContext»
      absence spec.containers[0].securityContext lacks spec.containers[0].securityContext.runAsNonRoot
    high main/deny: container sidecar may run as root
      15:7 «name: sidecar»
      absence spec.containers[1] lacks spec.containers[1].securityContext.runAsNonRoot
    ");
    assert_snapshot!(check(&deny(r#"
        some c in input.spec.containers
        not c.resources.limits.memory
        msg := sprintf("container '%s' has no memory limit", [c.name])"#), POD), @r"
    high main/deny: container 'app' has no memory limit
      9:7 «name: app»
      absence spec.containers[0] lacks spec.containers[0].resources.limits.memory
    high main/deny: container 'sidecar' has no memory limit
      17:7 «resources»
      absence spec.containers[1].resources lacks spec.containers[1].resources.limits.memory
    ");
    assert_snapshot!(check(&deny(r#"
        not input.metadata.labels.team
        msg := "nobody owns this""#), POD), @r"
    high main/deny: nobody owns this
      3:1 «metadata»
      absence metadata lacks metadata.labels.team
    ");
    assert_snapshot!(check(&deny(r#"
        some c in input.spec.containers
        object.get(c, ["securityContext", "readOnlyRootFilesystem"], false) != true
        msg := sprintf("%s can write its root", [c.name])"#), POD), @r"
    high main/deny: app can write its root
      11:7 «securityContext»
      absence spec.containers[0].securityContext lacks spec.containers[0].securityContext.readOnlyRootFilesystem
    high main/deny: sidecar can write its root
      15:7 «name: sidecar»
      absence spec.containers[1] lacks spec.containers[1].securityContext.readOnlyRootFilesystem
    ");
    assert_snapshot!(check(&deny(r#"
        some i, c in input.spec.containers
        not has(c, "livenessProbe")
        msg := sprintf("containers[%d] has no livenessProbe", [i])
    }
    has(object, key) if { _ = object[key]"#), POD), @r"
    high main/deny: containers[0] has no livenessProbe
      9:7 «name: app»
      absence spec.containers[0] lacks spec.containers[0].livenessProbe
    high main/deny: containers[1] has no livenessProbe
      15:7 «name: sidecar»
      absence spec.containers[1] lacks spec.containers[1].livenessProbe
    ");
}

#[test]
fn several_pieces_that_give_one_message() {
    let pod = "kind: Pod\nspec:\n  initContainers:\n    - name: a\n      privileged: true\n  containers:\n    - name: b\n    - name: c\n      privileged: true\n    - name: d\n      privileged: true\n";
    assert_snapshot!(check(&deny(r#"
        some list in ["containers", "initContainers"]
        some c in input.spec[list]
        c.privileged
        msg := "privileged container""#), pod), @r"
    high main/deny: privileged container
      9:7 «privileged: true»
      5:7 «privileged: true»
      cause spec.containers[1].privileged
    ");
    assert_snapshot!(check(&deny(r#"
        count(input.spec.containers) > 2
        msg := "too many containers""#), pod), @r"
    high main/deny: too many containers
      6:3 «containers»
      object spec.containers
    ");
}

#[test]
fn indices_in_messages() {
    let list = "items:\n  - {port: 80}\n  - {port: 22}\n  - {port: 22}\n";
    assert_snapshot!(check(&deny(r#"
        some i
        input.items[i].port == 22
        msg := sprintf("items[%d] opens port 22", [i])"#), list), @r"
    high main/deny: items[1] opens port 22
      3:6 «port: 22»
      cause items[1].port
    high main/deny: items[2] opens port 22
      4:6 «port: 22»
      cause items[2].port
    ");
}

#[test]
fn dockerfiles() {
    let file = "FROM nginx:latest AS web\nRUN apt-get update && \\\n    apt-get install -y curl\nADD app.tar /srv\nUSER root\nCMD [\"nginx\"]\n";
    assert_snapshot!(check(&deny(r#"
        some i
        input[i].Cmd == "from"
        endswith(input[i].Value[0], ":latest")
        msg := sprintf("%s is not pinned", [input[i].Value[0]])"#), file), @r"
    high main/deny: nginx:latest is not pinned
      1:6 «nginx:latest»
      cause [0].Value[0]
    ");
    assert_snapshot!(check(&deny(r#"
        some i
        input[i].Cmd == "add"
        msg := sprintf("use COPY for %s", [input[i].Value[0]])"#), file), @r"
    high main/deny: use COPY for app.tar
      4:1 «ADD app.tar /srv»
      cause [2].Cmd
    ");
    assert_snapshot!(check(&deny(r#"
        users := [i | input[i].Cmd == "user"]
        last := users[count(users) - 1]
        input[last].Value[0] == "root"
        msg := "runs as root""#), file), @r"
    high main/deny: runs as root
      5:6 «root»
      cause [3].Value[0]
    ");
    assert_snapshot!(check(&deny(r#"
        not any_healthcheck
        msg := "no HEALTHCHECK"
    }
    any_healthcheck if { input[_].Cmd == "healthcheck""#), file), @r"
    high main/deny: no HEALTHCHECK
      1:1 «FROM nginx:latest AS web»
      object
    ");
    assert_snapshot!(check(&deny(r#"
        some instruction in input
        instruction.Cmd == "run"
        contains(instruction.Value[0], "apt-get install")
        not contains(instruction.Value[0], "--no-install-recommends")
        msg := "installs what nobody asked for""#), file), @r"
    high main/deny: installs what nobody asked for
      2:5 «apt-get update && \⏎    apt-get install -y curl»
      cause [1].Value[0]
    ");
}

#[test]
fn json_documents() {
    assert_snapshot!(check(&deny(r#"
        some name, service in input.services
        service.open == true
        msg := sprintf("%s is open", [name])"#), "{\n  \"services\": {\n    \"a\": {\"open\": false},\n    \"b\": {\"open\": true}\n  }\n}"), @r#"
    high main/deny: b is open
      4:11 «"open": true»
      cause services.b.open
    "#);
}

#[test]
fn places_that_results_name() {
    assert_snapshot!(check(&deny(r#"msg := {"msg": "by line", "_loc": {"line": 10}}"#), POD), @r"
    high main/deny: by line
      10:7 «image: nginx:latest»
      rule spec.containers[0].image
    ");
    assert_snapshot!(check(&deny(r#"msg := {"msg": "by path", "path": ["spec", "containers", 0, "image"]}"#), POD), @r"
    high main/deny: by path
      10:7 «image: nginx:latest»
      rule spec.containers[0].image
    ");
    assert_snapshot!(check(&deny(r#"msg := {"msg": "by text", "path": "spec.containers[1].resources.limits"}"#), POD), @r"
    high main/deny: by text
      17:7 «resources»
      rule spec.containers[1].resources
    ");
    assert_snapshot!(check(&deny(r#"msg := {"msg": "by pointer", "path": "/spec/hostNetwork"}"#), POD), @r"
    high main/deny: by pointer
      7:3 «hostNetwork: true»
      rule spec.hostNetwork
    ");
    assert_snapshot!(check(&deny(r#"msg := {"msg": "nowhere", "path": "status.phase"}"#), POD), @r"
    high main/deny: nowhere
      1:1 «apiVersion: v1»
      object
    ");
}

#[test]
fn a_text_inside_a_value() {
    let script = "run: |\n  set -e\n  é; echo ${{ x }}\nsingle: echo ${{ x }}\nquoted: \"echo\\t${{ x }}\"\n";
    let rule = |at: &str, text: &str| {
        deny(&format!("msg := {{\"msg\": \"{at}\", \"path\": [\"{at}\"], \"text\": \"{text}\"}}"))
    };
    assert_snapshot!(check(&rule("run", "${{ x }}"), script), @r"
    high main/deny: run
      3:11 «${{ x }}»
      rule run
    ");
    assert_snapshot!(check(&rule("single", "echo"), script), @r"
    high main/deny: single
      4:9 «echo»
      rule single
    ");
    assert_snapshot!(check(&rule("quoted", "absent"), script), @r#"
    high main/deny: quoted
      5:1 «quoted: "echo\t${{ x }}"»
      rule quoted
    "#);
}
