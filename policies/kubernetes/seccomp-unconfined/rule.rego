# METADATA
# scope: package
# title: Seccomp turned off
# description: An unconfined container may make every system call, among them those that most escapes from containers need.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   id: kubernetes/seccomp-unconfined
#   severity: high
#   remediation: Set `seccompProfile.type` to RuntimeDefault.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-baseline/seccomp
#     - cis-kubernetes-1.8/5.7.2
#     - nsa-cisa-1.2/hardening-container-environments
#   equivalents:
#     - trivy:KSV-0104
package kubernetes.seccomp_unconfined

import rego.v1

deny contains result if {
	some context in data.lib.kubernetes.security_contexts
	context.value.seccompProfile.type == "Unconfined"
	result := {
		"msg": sprintf("%s turns seccomp off", [context.subject]),
		"path": array.concat(context.path, ["seccompProfile", "type"]),
	}
}
