# METADATA
# scope: package
# title: Container runs as root
# description: User 0 in a container is user 0 on the node when anything goes wrong with the isolation, and may write every file of the image.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/run-as-root
#   severity: high
#   remediation: Set `runAsUser` to a user other than 0 that owns what the program writes, and `runAsNonRoot` to true.
#   profiles:
#     - recommended
#     - strict
#     - pss-restricted
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - pss-restricted/run-as-non-root-user
#     - cis-kubernetes-1.8/5.2.7
#     - nsa-cisa-1.2/non-root-containers
#   equivalents:
#     - trivy:KSV-0105
package kubernetes.run_as_root

import rego.v1

# What the container says counts; only where it says nothing does the pod.
deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.has_user_namespace(container.pod)
	user := data.lib.kubernetes.effective(container, "runAsUser")
	user.value == 0
	result := {
		"msg": sprintf("%s runs as user 0", [container.subject]),
		"path": user.path,
	}
}
