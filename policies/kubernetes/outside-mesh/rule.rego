# METADATA
# scope: package
# title: Pod that stays out of the mesh
# description: Without its sidecar the pod neither encrypts nor proves who it is, and no policy of the mesh reaches it.
# related_resources:
#   - https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
#   - https://linkerd.io/2/features/proxy-injection/
# custom:
#   id: kubernetes/outside-mesh
#   severity: low
#   remediation: Remove the switch, or say in a waiver why this pod stays out.
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/encryption
package kubernetes.outside_mesh

import rego.v1

switches := {"sidecar.istio.io/inject": {"false"}, "linkerd.io/inject": {"disabled"}}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some field in ["annotations", "labels"]
	some key, values in switches
	value := object.get(input, array.concat(pod.owner, ["metadata", field, key]), "")
	lower(sprintf("%v", [value])) in values
	# What ends by itself would wait for its sidecar.
	not data.lib.kubernetes.runs_to_completion
	result := {
		"msg": sprintf("%s stays out of the mesh", [data.lib.kubernetes.name]),
		"path": array.concat(pod.owner, ["metadata", field, key]),
	}
}
