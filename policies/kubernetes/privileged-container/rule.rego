# METADATA
# scope: package
# title: Privileged container
# description: A privileged container has every capability, sees the devices of the node and is held by neither seccomp nor AppArmor, so whoever gets into it owns the node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/privileged-container
#   severity: critical
#   remediation: Remove `privileged` and grant the single capability or device that is needed.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-baseline/privileged-containers
#     - cis-kubernetes-1.8/5.2.2
#     - nsa-cisa-1.2/pod-security
#   equivalents:
#     - trivy:KSV-0017
#     - checkov:CKV_K8S_16
#     - kube-linter:privileged-container
package kubernetes.privileged_container

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	container.spec.securityContext.privileged == true
	result := {
		"msg": sprintf("%s runs privileged", [container.subject]),
		"path": array.concat(container.path, ["securityContext", "privileged"]),
	}
}
