# METADATA
# scope: package
# title: Stateful set without its service
# description: "The pods get their names in DNS from a service that nothing delivered with them makes: none of them can be found by its name."
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations
# custom:
#   id: kubernetes/dangling-stateful-service
#   severity: low
#   remediation: Deliver the headless service, or correct `serviceName`.
#   input: documents
#   profiles:
#     - strict
package kubernetes.dangling_stateful_service

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some place in data.lib.cluster.of("StatefulSet")
	item := input[place].contents
	name := item.spec.serviceName
	is_string(name)
	name != ""
	namespace := data.lib.cluster.namespace_of(item)
	some other in namespaces
	data.lib.cluster.meets(other, namespace)
	not is_there(name, namespace)
	result := {
		"msg": sprintf("%s names service `%s`, which is not there", [data.lib.cluster.shown(item), name]),
		"path": [place, "contents", "spec", "serviceName"],
	}
}

namespaces := {data.lib.cluster.namespace_of(input[place].contents) | some place in data.lib.cluster.services}

is_there(name, namespace) if {
	some place in data.lib.cluster.services
	data.lib.cluster.name_of(input[place].contents) == name
	data.lib.cluster.meets(data.lib.cluster.namespace_of(input[place].contents), namespace)
}
