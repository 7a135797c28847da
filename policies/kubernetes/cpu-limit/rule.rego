# METADATA
# scope: package
# title: No CPU limit
# description: A container without a CPU limit may use what its neighbours left idle. Many run without one on purpose, since a limit also slows a container down on an idle node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: kubernetes/cpu-limit
#   severity: low
#   remediation: Set `resources.limits.cpu` where neighbours must be protected from the container.
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/resource-policies
#   equivalents:
#     - trivy:KSV-0011
#     - checkov:CKV_K8S_11
package kubernetes.cpu_limit

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	container.list != "ephemeralContainers"
	not data.lib.kubernetes.has_resource(container, ["limits"], "cpu")
	result := {
		"msg": sprintf("%s has no CPU limit", [container.subject]),
		"path": container.path,
	}
}
