# METADATA
# scope: package
# title: No memory limit
# description: A container without a memory limit can take all the memory of its node, and then the node kills processes of others.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: kubernetes/memory-limit
#   severity: medium
#   remediation: Set `resources.limits.memory`.
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/resource-policies
#   equivalents:
#     - trivy:KSV-0018
#     - checkov:CKV_K8S_13
package kubernetes.memory_limit

import rego.v1

# Ephemeral containers cannot have resources.
deny contains result if {
	some container in data.lib.kubernetes.containers
	container.list != "ephemeralContainers"
	object.get(container.spec, ["resources", "limits", "memory"], null) == null
	not data.lib.kubernetes.has_resource(container, ["limits"], "memory")
	result := {
		"msg": sprintf("%s has no memory limit", [container.subject]),
		"path": container.path,
	}
}
