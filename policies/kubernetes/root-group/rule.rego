# METADATA
# scope: package
# title: Group of root
# description: Group 0 owns much of the file system of images and volumes; a process in it writes what its user could not.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/root-group
#   severity: low
#   remediation: Name a group of the application's own.
#   profiles:
#     - strict
#   equivalents:
#     - trivy:KSV-0116
package kubernetes.root_group

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not data.lib.kubernetes.has_user_namespace(container.pod)
	group := data.lib.kubernetes.effective(container, "runAsGroup")
	group.value == 0
	result := {
		"msg": sprintf("%s runs in group 0", [container.subject]),
		"path": group.path,
	}
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	not data.lib.kubernetes.has_user_namespace(pod)
	pod.spec.securityContext.fsGroup == 0
	result := {
		"msg": sprintf("%s gives its volumes to group 0", [data.lib.kubernetes.name]),
		"path": array.concat(pod.path, ["securityContext", "fsGroup"]),
	}
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	not data.lib.kubernetes.has_user_namespace(pod)
	some index
	pod.spec.securityContext.supplementalGroups[index] == 0
	result := {
		"msg": sprintf("%s also runs in group 0", [data.lib.kubernetes.name]),
		"path": array.concat(pod.path, ["securityContext", "supplementalGroups", index]),
	}
}
