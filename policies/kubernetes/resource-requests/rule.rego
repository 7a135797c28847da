# METADATA
# scope: package
# title: No resource requests
# description: Without requests the scheduler takes a container for free, puts too many on a node, and evicts it first when memory runs out.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: kubernetes/resource-requests
#   severity: low
#   remediation: Set `resources.requests.cpu` and `resources.requests.memory`.
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/resource-policies
#   equivalents:
#     - trivy:KSV-0015
#     - trivy:KSV-0016
#     - checkov:CKV_K8S_10
#     - checkov:CKV_K8S_12
#     - kube-linter:unset-cpu-requirements
#     - kube-linter:unset-memory-requirements
package kubernetes.resource_requests

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	container.list != "ephemeralContainers"
	missing := [resource |
		some resource in ["cpu", "memory"]
		object.get(container.spec, ["resources", "requests", resource], null) == null
		not data.lib.kubernetes.has_resource(container, fields, resource)
	]
	count(missing) > 0
	result := {
		"msg": sprintf("%s requests no %s", [container.subject, concat(" and no ", missing)]),
		"path": container.path,
	}
}

# A limit without a request is also the request.
fields := ["requests", "limits"]
