# METADATA
# scope: package
# title: No seccomp profile
# description: Without a profile a container may make every system call, unless the kubelet was started with a default of its own.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   id: kubernetes/seccomp-not-set
#   severity: medium
#   remediation: Set `seccompProfile.type` to RuntimeDefault for the pod.
#   profiles:
#     - recommended
#     - strict
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-restricted/seccomp
#     - cis-kubernetes-1.8/5.7.2
#     - nsa-cisa-1.2/hardening-container-environments
#   equivalents:
#     - trivy:KSV-0030
#     - checkov:CKV_K8S_31
package kubernetes.seccomp_not_set

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not container.spec.securityContext.seccompProfile.type
	not container.pod.spec.os.name == "windows"
	not has_profile(container)
	result := {
		"msg": sprintf("%s has no seccomp profile", [container.subject]),
		"path": container.path,
	}
}

# Unconfined is the business of seccomp-unconfined. A profile without a type is none.
has_profile(container) if data.lib.kubernetes.effective(container, "seccompProfile").value.type
