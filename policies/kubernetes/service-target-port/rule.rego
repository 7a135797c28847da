# METADATA
# scope: package
# title: Service that points at no port
# description: The service sends to a port by name, and no container of its pods has a port of that name.
# related_resources:
#   - https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/
# custom:
#   id: kubernetes/service-target-port
#   severity: medium
#   remediation: Name the port in the container, or write its number.
#   input: documents
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:invalid-target-ports
package kubernetes.service_target_port

import rego.v1

deny contains result if {
	some place in data.lib.cluster.services
	service := input[place].contents
	some position
	target := service.spec.ports[position].targetPort
	is_string(target)
	data.lib.cluster.group_of(service) == ""
	selector := service.spec.selector
	is_object(selector)
	count(selector) > 0
	not regex.match(`^[0-9]+$`, target)
	chosen := data.lib.cluster.selected(selector, data.lib.cluster.namespace_of(service))
	count(chosen) > 0
	not has_port(chosen, target)
	result := {
		"msg": sprintf("%s sends to port `%s`, which none of its pods names", [data.lib.cluster.shown(service), target]),
		"path": [place, "contents", "spec", "ports", position, "targetPort"],
	}
}

has_port(chosen, name) if {
	some index in chosen
	some list in ["containers", "initContainers"]
	container := data.lib.cluster.workloads[index].spec[list][_]
	container.ports[_].name == name
}
