# METADATA
# scope: package
# title: Pod of a ConfigMap that is not there
# description: Nothing that is delivered with it makes this ConfigMap, and the container does not start without.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   id: kubernetes/missing-config-map
#   severity: low
#   remediation: Deliver the ConfigMap, correct its name, or mark it as optional.
#   input: documents
#   profiles:
#     - strict
package kubernetes.missing_config_map

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	not is_generated
	some workload in data.lib.cluster.workloads
	some reference in references(workload)
	is_string(reference.value.name)
	not reference.value.optional == true
	some namespace in namespaces
	data.lib.cluster.meets(namespace, workload.namespace)
	not is_there(reference.value.name, workload.namespace)
	# The cluster puts it into every namespace.
	reference.value.name != "kube-root-ca.crt"
	result := {
		"msg": sprintf("%s needs ConfigMap `%s`, which is not there", [data.lib.cluster.shown(workload.item), reference.value.name]),
		"path": array.concat(workload.path, array.concat(reference.at, ["name"])),
	}
}

# Kustomize makes them under names with a sum behind.
is_generated if {
	some place in data.lib.cluster.of("Kustomization")
	input[place].contents.configMapGenerator
}

references(workload) := array.concat(variables(workload), array.concat(sources(workload), volumes(workload)))

variables(workload) := [{"value": value, "at": [list, index, "env", position, "valueFrom", "configMapKeyRef"]} |
	some list in ["containers", "initContainers"]
	some index, position
	value := workload.spec[list][index].env[position].valueFrom.configMapKeyRef
]

sources(workload) := [{"value": value, "at": [list, index, "envFrom", position, "configMapRef"]} |
	some list in ["containers", "initContainers"]
	some index, position
	value := workload.spec[list][index].envFrom[position].configMapRef
]

volumes(workload) := [{"value": value, "at": ["volumes", index, "configMap"]} |
	some index
	value := workload.spec.volumes[index].configMap
]

namespaces := {data.lib.cluster.namespace_of(input[place].contents) | some place in data.lib.cluster.of("ConfigMap")}

by_name := data.lib.cluster.grouped([[name, namespace] |
	some place in data.lib.cluster.of("ConfigMap")
	name := data.lib.cluster.name_of(input[place].contents)
	namespace := data.lib.cluster.namespace_of(input[place].contents)
])

is_there(name, namespace) if {
	some other in by_name[name]
	data.lib.cluster.meets(other, namespace)
}
