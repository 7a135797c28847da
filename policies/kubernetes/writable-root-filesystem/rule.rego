# METADATA
# scope: package
# title: Root file system can be written
# description: A container that can write its own file system lets an intruder replace programs and leave tools behind.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: kubernetes/writable-root-filesystem
#   severity: medium
#   remediation: Set `readOnlyRootFilesystem` to true and mount an emptyDir where the program writes.
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/immutable-file-systems
#   equivalents:
#     - trivy:KSV-0014
#     - checkov:CKV_K8S_22
#     - kube-linter:no-read-only-root-fs
package kubernetes.writable_root_filesystem

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	not container.list == "ephemeralContainers"
	not container.spec.securityContext.readOnlyRootFilesystem == true
	not data.lib.kubernetes.lands_on_windows(container.pod)
	result := {
		"msg": sprintf("%s can write its root file system", [container.subject]),
		"path": cause(container),
	}
}

cause(container) := array.concat(container.path, ["securityContext", "readOnlyRootFilesystem"]) if {
	container.spec.securityContext.readOnlyRootFilesystem == false
} else := container.path
