# METADATA
# scope: package
# title: Delivery that is suspended
# description: Nothing of it reaches the cluster, fixes neither, until somebody takes the switch back.
# related_resources:
#   - https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend
# custom:
#   id: kubernetes/flux-suspended
#   severity: low
#   remediation: Remove `suspend`.
#   profiles:
#     - recommended
#     - strict
package kubernetes.flux_suspended

import rego.v1

deny contains result if {
	is_string(data.lib.kubernetes.group)
	endswith(data.lib.kubernetes.group, ".toolkit.fluxcd.io")
	input.spec.suspend == true
	result := {
		"msg": sprintf("%s is suspended", [data.lib.kubernetes.name]),
		"path": ["spec", "suspend"],
	}
}
