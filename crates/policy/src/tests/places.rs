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

#[test]
fn a_value() {
    assert_snapshot!(check("package main
deny contains msg if {
  input.kind == \"Pod\"
  some c in input.spec.containers
  c.securityContext.privileged
  msg := sprintf(\"container %s is privileged\", [c.name])
}", POD), @"");
}
