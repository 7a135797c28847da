# METADATA
# scope: package
# title: Role that creates persistent volumes
# description: "A persistent volume may be a folder of a node: who may create one reads and writes the node without hostPath in any pod."
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: kubernetes/rbac-persistent-volumes
#   severity: low
#   remediation: Let storage classes make the volumes, and grant only persistentvolumeclaims.
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.9
#     - nsa-cisa-1.2/rbac
package kubernetes.rbac_persistent_volumes

import rego.v1

deny contains result if {
	input.kind in {"Role", "ClusterRole"}
	some index, position
	entry := input.rules[index]
	"" in entry.apiGroups
	entry.resources[position] == "persistentvolumes"
	entry.verbs[_] in {"create", "*"}
	result := {
		"msg": sprintf("%s may create persistent volumes", [data.lib.kubernetes.name]),
		"path": ["rules", index, "resources", position],
	}
}
