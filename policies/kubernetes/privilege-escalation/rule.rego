# METADATA
# scope: package
# title: Privilege escalation allowed
# description: Unless `allowPrivilegeEscalation` is false, a process can gain more rights than its parent has, for instance through a setuid program.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/privilege-escalation
#   severity: medium
#   remediation: Set `allowPrivilegeEscalation` to false in the security context of the container.
#   profiles:
#     - recommended
#     - strict
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-restricted/privilege-escalation
#     - cis-kubernetes-1.8/5.2.6
#     - nsa-cisa-1.2/pod-security
#   equivalents:
#     - trivy:KSV-0001
#     - checkov:CKV_K8S_20
#     - kube-linter:privilege-escalation-container
package kubernetes.privilege_escalation

import rego.v1

# The default is true, and no field of the pod changes it.
deny contains result if {
	some container in data.lib.kubernetes.containers
	not container.spec.securityContext.allowPrivilegeEscalation == false
	not container.spec.securityContext.allowPrivilegeEscalation == true
	not container.pod.spec.os.name == "windows"
	result := {
		"msg": sprintf("%s does not forbid privilege escalation", [container.subject]),
		"path": container.path,
	}
}

deny contains result if {
	some container in data.lib.kubernetes.containers
	container.spec.securityContext.allowPrivilegeEscalation == true
	not container.pod.spec.os.name == "windows"
	result := {
		"msg": sprintf("%s allows privilege escalation", [container.subject]),
		"path": array.concat(container.path, ["securityContext", "allowPrivilegeEscalation"]),
	}
}
