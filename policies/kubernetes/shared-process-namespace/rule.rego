# METADATA
# scope: package
# title: Containers see each other's processes
# description: With a shared process namespace every container of the pod can read the environment and the file system of the others.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
# custom:
#   id: kubernetes/shared-process-namespace
#   severity: low
#   remediation: Remove `shareProcessNamespace` where it is not needed.
#   profiles:
#     - strict
package kubernetes.shared_process_namespace

import rego.v1

deny contains result if {
	some pod in data.lib.kubernetes.pods
	pod.spec.shareProcessNamespace == true
	result := {
		"msg": sprintf("%s lets its containers see each other's processes", [data.lib.kubernetes.name]),
		"path": array.concat(pod.path, ["shareProcessNamespace"]),
	}
}
