# METADATA
# scope: package
# title: Volume cloned from a repository
# description: The kubelet runs git as root on the node with what the pod's author wrote, hooks among it; the type is deprecated and mostly turned off.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#gitrepo
# custom:
#   id: kubernetes/git-repo-volume
#   severity: high
#   remediation: Clone in an init container into an emptyDir (CVE-2024-10220, CVE-2025-1767).
#   profiles:
#     - recommended
#     - strict
#     - pss-restricted
#   controls:
#     - pss-restricted/volume-types
package kubernetes.git_repo_volume

import rego.v1

deny contains result if {
	some volume in data.lib.kubernetes.volumes
	is_object(volume.spec.gitRepo)
	result := {
		"msg": sprintf("%s is a clone made by the kubelet", [volume.subject]),
		"path": array.concat(volume.path, ["gitRepo"]),
	}
}
