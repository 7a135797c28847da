# METADATA
# scope: package
# title: Service that selects no pod
# description: No pod that is delivered with it has these labels, so every connection to the service fails.
# related_resources:
#   - https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/
# custom:
#   id: kubernetes/dangling-service
#   severity: medium
#   remediation: Give the selector the labels of the pod template, or the template those of the selector.
#   input: documents
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:dangling-service
package kubernetes.dangling_service

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some place in data.lib.cluster.services
	service := input[place].contents
	selector := service.spec.selector
	is_object(selector)
	count(selector) > 0
	not [object.get(service, ["metadata", "namespace"], ""), selector] in data.lib.cluster.written
	data.lib.cluster.group_of(service) == ""
	object.get(service, ["spec", "type"], "ClusterIP") != "ExternalName"
	namespace := data.lib.cluster.namespace_of(service)
	data.lib.cluster.has_workloads(namespace)
	count(data.lib.cluster.selected(selector, namespace)) == 0
	result := {
		"msg": sprintf("%s selects no pod", [data.lib.cluster.shown(service)]),
		"path": [place, "contents", "spec", "selector"],
	}
}
