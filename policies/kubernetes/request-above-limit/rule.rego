# METADATA
# scope: package
# title: Request above the limit
# description: The API server refuses a container that asks for more than it may use.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: kubernetes/request-above-limit
#   severity: medium
#   remediation: Raise the limit or lower the request.
#   profiles:
#     - recommended
#     - strict
package kubernetes.request_above_limit

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some resource in ["cpu", "memory", "ephemeral-storage"]
	request := container.spec.resources.requests[resource]
	limit := container.spec.resources.limits[resource]
	data.lib.kubernetes.quantity(request) > data.lib.kubernetes.quantity(limit)
	result := {
		"msg": sprintf("%s asks for %v of %s and may use %v", [container.subject, request, resource, limit]),
		"path": array.concat(container.path, ["resources", "requests", resource]),
	}
}
