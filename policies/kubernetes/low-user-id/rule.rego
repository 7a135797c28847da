# METADATA
# scope: package
# title: User id below 10000
# description: Ids this low belong to accounts of the node; a process that gets out of its container is one of them.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/low-user-id
#   severity: low
#   remediation: Run as a user from 10000 up.
#   profiles:
#     - strict
#   equivalents:
#     - trivy:KSV-0020
#     - checkov:CKV_K8S_40
package kubernetes.low_user_id

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.has_user_namespace(container.pod)
	user := data.lib.kubernetes.effective(container, "runAsUser")
	is_number(user.value)
	# 0 is the business of run-as-root.
	user.value > 0
	user.value < 10000
	result := {
		"msg": sprintf("%s runs as user %v", [container.subject, user.value]),
		"path": user.path,
	}
}
