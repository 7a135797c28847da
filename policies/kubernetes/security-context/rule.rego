# METADATA
# scope: package
# title: Nothing said of security
# description: Neither the pod nor the container says what it may do, so it gets all of the defaults, which are wide.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/security-context
#   severity: low
#   remediation: Set `securityContext` on the pod and the container.
#   profiles:
#     - strict
#     - cis-kubernetes
#   controls:
#     - cis-kubernetes-1.8/5.7.3
#   equivalents:
#     - trivy:KSV-0118
#     - checkov:CKV_K8S_29
#     - checkov:CKV_K8S_30
package kubernetes.security_context

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not container.list == "ephemeralContainers"
	not says_something(container.spec)
	not says_something(container.pod.spec)
	result := {
		"msg": sprintf("%s has no security context", [container.subject]),
		"path": container.path,
	}
}

says_something(spec) if spec.securityContext[_] != null
