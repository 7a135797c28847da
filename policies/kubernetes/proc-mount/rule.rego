# METADATA
# scope: package
# title: Unmasked /proc
# description: With an unmasked /proc the container reads and writes settings of the kernel that its runtime hides for a reason.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/proc-mount
#   severity: high
#   remediation: Remove `procMount`, or give the pod a user namespace with `hostUsers` false.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#   controls:
#     - pss-baseline/proc-mount-type
#   equivalents:
#     - trivy:KSV-0027
#     - kube-linter:unsafe-proc-mount
package kubernetes.proc_mount

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.has_user_namespace(container.pod)
	type := container.spec.securityContext.procMount
	not type in {"Default", "", null}
	result := {
		"msg": sprintf("%s mounts /proc as %v", [container.subject, type]),
		"path": array.concat(container.path, ["securityContext", "procMount"]),
	}
}
