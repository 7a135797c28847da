# METADATA
# scope: package
# title: Capability added
# description: The restricted standard lets a container add NET_BIND_SERVICE alone; every other capability widens what a break-in can do.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/capability-added
#   severity: low
#   remediation: Remove the capability from `add`, or run the program so that it does not need it.
#   profiles:
#     - strict
#     - pss-restricted
#     - cis-kubernetes
#   controls:
#     - pss-restricted/capabilities
#     - cis-kubernetes-1.8/5.2.9
#   equivalents:
#     - checkov:CKV_K8S_25
package kubernetes.capability_added

import rego.v1

# Allowed by the baseline standard and not by the restricted one; what neither allows is the rule dangerous-capability.
baseline_only := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.is_windows(container.pod)
	some index
	capability := container.spec.securityContext.capabilities.add[index]
	capability in baseline_only
	result := {
		"msg": sprintf("%s adds capability %s", [container.subject, capability]),
		"path": array.concat(container.path, ["securityContext", "capabilities", "add", index]),
	}
}
