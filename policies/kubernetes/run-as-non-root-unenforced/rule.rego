# METADATA
# scope: package
# title: User named but root not refused
# description: A user other than 0 is set, yet only `runAsNonRoot` makes the kubelet and the restricted Pod Security Standard refuse root when the field is lost in an overlay.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/run-as-non-root-unenforced
#   severity: low
#   remediation: Set `runAsNonRoot` to true beside `runAsUser`.
#   profiles:
#     - strict
#     - pss-restricted
#   controls:
#     - pss-restricted/run-as-non-root
package kubernetes.run_as_non_root_unenforced

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.has_user_namespace(container.pod)
	user := data.lib.kubernetes.effective(container, "runAsUser")
	user.value != 0
	not is_non_root(container)
	result := {
		"msg": sprintf("%s runs as user %v, but nothing refuses root", [container.subject, user.value]),
		"path": user.path,
	}
}

is_non_root(container) if data.lib.kubernetes.effective(container, "runAsNonRoot").value == true
