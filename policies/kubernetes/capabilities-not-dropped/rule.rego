# METADATA
# scope: package
# title: Capabilities not dropped
# description: A container keeps a dozen capabilities it rarely needs, among them those to forge packets and to override file permissions, unless it drops ALL.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/capabilities-not-dropped
#   severity: medium
#   remediation: Add `ALL` to `capabilities.drop` and give back what is needed in `add`.
#   profiles:
#     - recommended
#     - strict
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-restricted/capabilities
#     - cis-kubernetes-1.8/5.2.8
#     - cis-kubernetes-1.8/5.2.10
#     - nsa-cisa-1.2/pod-security
#   equivalents:
#     - trivy:KSV-0003
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_28
#     - checkov:CKV_K8S_37
#     - kube-linter:drop-net-raw-capability
package kubernetes.capabilities_not_dropped

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not container.spec.securityContext.capabilities.drop == ["ALL"]
	not container.pod.spec.os.name == "windows"
	not drops_all(container)
	result := {
		"msg": sprintf("%s does not drop all capabilities", [container.subject]),
		"path": container.path,
	}
}

# Runtimes take the word in any case.
drops_all(container) if {
	capability := container.spec.securityContext.capabilities.drop[_]
	upper(sprintf("%v", [capability])) == "ALL"
}
