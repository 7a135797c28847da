# METADATA
# scope: package
# title: Pod of a claim that is not there
# description: Nothing that is delivered with it makes this claim, so the pod waits for its volume for ever.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/persistent-volumes/
# custom:
#   id: kubernetes/missing-volume-claim
#   severity: low
#   remediation: Deliver the claim, or correct its name.
#   input: documents
#   profiles:
#     - strict
package kubernetes.missing_volume_claim

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some workload in data.lib.cluster.workloads
	some index
	claim := workload.spec.volumes[index].persistentVolumeClaim.claimName
	is_string(claim)
	some namespace in namespaces
	data.lib.cluster.meets(namespace, workload.namespace)
	not is_there(claim, workload.namespace)
	result := {
		"msg": sprintf("%s mounts claim `%s`, which is not there", [data.lib.cluster.shown(workload.item), claim]),
		"path": array.concat(workload.path, ["volumes", index, "persistentVolumeClaim", "claimName"]),
	}
}

namespaces := {data.lib.cluster.namespace_of(input[place].contents) | some place in data.lib.cluster.of("PersistentVolumeClaim")}

is_there(name, namespace) if {
	some place in data.lib.cluster.of("PersistentVolumeClaim")
	data.lib.cluster.name_of(input[place].contents) == name
	data.lib.cluster.meets(data.lib.cluster.namespace_of(input[place].contents), namespace)
}

# Those of a stateful set have its name and a number behind.
is_there(name, namespace) if {
	some place in data.lib.cluster.of("StatefulSet")
	item := input[place].contents
	data.lib.cluster.meets(data.lib.cluster.namespace_of(item), namespace)
	template := item.spec.volumeClaimTemplates[_]
	startswith(name, sprintf("%v-%s-", [template.metadata.name, data.lib.cluster.name_of(item)]))
}
