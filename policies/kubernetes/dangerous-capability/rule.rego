# METADATA
# scope: package
# title: Capability beyond the default set
# description: Capabilities outside the default set of a container runtime, such as SYS_ADMIN, SYS_PTRACE or NET_ADMIN, let a process change the node or reach into other processes.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   id: kubernetes/dangerous-capability
#   severity: high
#   remediation: Remove the capability from `add`; if the program needs it, isolate the workload and waive the finding with the reason.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-baseline/capabilities
#     - cis-kubernetes-1.8/5.2.9
#     - nsa-cisa-1.2/pod-security
#   equivalents:
#     - trivy:KSV-0005
#     - trivy:KSV-0022
#     - trivy:KSV-0119
#     - trivy:KSV-0120
#     - checkov:CKV_K8S_39
package kubernetes.dangerous_capability

import rego.v1

# What the baseline standard lets a container add.
allowed := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index
	capability := container.spec.securityContext.capabilities.add[index]
	not capability in allowed
	result := {
		"msg": sprintf("%s adds capability %v", [container.subject, capability]),
		"path": array.concat(container.path, ["securityContext", "capabilities", "add", index]),
	}
}
