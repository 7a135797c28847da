//! Templates in the manner of Gatekeeper's library: bodies of `violation` with parameters, and the lines their findings belong to.

use super::Case;

const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: shop
  namespace: default
  annotations:
    team: a
  labels:
    app: Shop
spec:
  hostNetwork: true
  automountServiceAccountToken: true
  initContainers:
    - name: init
      image: docker.io/busybox:1
      securityContext:
        allowPrivilegeEscalation: true
  containers:
    - name: web
      image: quay.io/web:latest
      resources:
        limits:
          cpu: '4'
      securityContext:
        readOnlyRootFilesystem: false
        capabilities:
          add: [CHOWN, SYS_ADMIN]
      ports:
        - containerPort: 80
          hostPort: 99
";

/// Of each the parameters come first, then a line `---`, then the body.
pub(super) const CASES: &[Case] = &[
    Case("labels", POD, "{labels: [{key: owner}]}\n---\n
  provided := {label | input.review.object.metadata.labels[label]}
  required := {label | label := input.parameters.labels[_].key}
  missing := required - provided
  count(missing) > 0
  msg := sprintf(\"you must provide labels: %v\", [missing])", &[8]),
    Case("values of labels", POD, "{labels: [{key: app, allowed: '^[a-z]+$'}]}\n---\n
  value := input.review.object.metadata.labels[key]
  expected := input.parameters.labels[_]
  expected.key == key
  not regex.match(expected.allowed, value)
  msg := sprintf(\"Label <%v: %v> does not satisfy allowed regex: %v\", [key, value, expected.allowed])", &[9]),
    Case("repositories", POD, "{repos: [quay.io/]}\n---\n
  container := input.review.object.spec.initContainers[_]
  satisfied := [good | repo = input.parameters.repos[_]; good = startswith(container.image, repo)]
  not any(satisfied)
  msg := sprintf(\"initContainer <%v> has an invalid image repo <%v>\", [container.name, container.image])", &[15]),
    Case("tags", POD, "{tags: [latest]}\n---\n
  container := input.review.object.spec.containers[_]
  tags := [bad | tag = input.parameters.tags[_]; bad = endswith(container.image, concat(\":\", [\"\", tag]))]
  any(tags)
  msg := sprintf(\"container <%v> uses a disallowed tag <%v>\", [container.name, container.image])", &[20]),
    Case("the network of the host", POD, "{}\n---\n
  input.review.object.spec.hostNetwork == true
  msg := sprintf(\"The specified hostNetwork is not allowed, pod: %v\", [input.review.object.metadata.name])", &[11]),
    Case("ports of the host", POD, "{min: 1024, max: 65535}\n---\n
  port := input.review.object.spec.containers[_].ports[_].hostPort
  port < input.parameters.min
  msg := sprintf(\"The specified hostPort is not allowed, pod: %v. Allowed: %v\", [input.review.object.metadata.name, input.parameters])", &[30]),
    Case("limits that are missing", POD, "{}\n---\n
  container := input.review.object.spec.containers[_]
  not container.resources.limits.memory
  msg := sprintf(\"container <%v> has no memory limit\", [container.name])", &[22]),
    Case("limits that are too high", POD, "{cpu: 2}\n---\n
  container := input.review.object.spec.containers[_]
  to_number(container.resources.limits.cpu) > input.parameters.cpu
  msg := sprintf(\"container <%v> cpu limit <%v> is higher than the maximum allowed of <%v>\", [container.name, container.resources.limits.cpu, input.parameters.cpu])", &[23]),
    Case("a root that can be written", POD, "{}\n---\n
  c := input.review.object.spec.containers[_]
  not c.securityContext.readOnlyRootFilesystem == true
  msg := sprintf(\"only read-only root filesystem container is allowed: %v\", [c.name])", &[25]),
    Case("escalation", POD, "{}\n---\n
  lists := [\"containers\", \"initContainers\"]
  c := input.review.object.spec[lists[_]][_]
  c.securityContext.allowPrivilegeEscalation == true
  msg := sprintf(\"Privilege escalation container is not allowed: %v\", [c.name])", &[17]),
    Case("capabilities", POD, "{allowed: [CHOWN]}\n---\n
  container := input.review.object.spec.containers[_]
  added := {c | c := container.securityContext.capabilities.add[_]}
  allowed := {c | c := input.parameters.allowed[_]}
  count(added - allowed) > 0
  msg := sprintf(\"container <%v> has a disallowed capability. Allowed capabilities are %v\", [container.name, input.parameters.allowed])", &[27]),
    Case("tokens", POD, "{}\n---\n
  object.get(input.review.object.spec, \"automountServiceAccountToken\", true) != false
  msg := sprintf(\"Automounting service account token is disallowed, pod: %v\", [input.review.object.metadata.name])", &[12]),
    Case("annotations", POD, "{annotations: [owner]}\n---\n
  wanted := input.parameters.annotations[_]
  not input.review.object.metadata.annotations[wanted]
  msg := sprintf(\"annotation %v is required\", [wanted])", &[6]),
    Case("a namespace", POD, "{}\n---\n
  input.review.object.metadata.namespace == \"default\"
  msg := \"nothing goes into the default namespace\"", &[5]),
    Case("probes", POD, "{probes: [livenessProbe]}\n---\n
  container := input.review.object.spec.containers[_]
  probe := input.parameters.probes[_]
  not container[probe]
  msg := sprintf(\"Container <%v> in your <%v> <%v> has no <%v>\", [container.name, input.review.kind.kind, input.review.object.metadata.name, probe])", &[19]),
];
