# METADATA
# scope: package
# title: Two autoscalers that work against each other
# description: "One changes the size of the pods and the other their number, both by the same measure: each undoes what the other did."
# related_resources:
#   - https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md
# custom:
#   id: kubernetes/two-autoscalers
#   severity: low
#   remediation: "Let the vertical one only recommend (`updateMode: \"Off\"`), or the horizontal one use another measure."
#   input: documents
#   profiles:
#     - recommended
#     - strict
package kubernetes.two_autoscalers

import rego.v1

deny contains result if {
	some place in data.lib.cluster.of("VerticalPodAutoscaler")
	vertical := input[place].contents
	object.get(vertical, ["spec", "updatePolicy", "updateMode"], "Auto") != "Off"
	reference := vertical.spec.targetRef
	some index in data.lib.cluster.targets(reference, data.lib.cluster.namespace_of(vertical))
	some pair in data.lib.cluster.scaled
	pair[1] == index
	scaler := input[pair[0]].contents
	measures(scaler)
	result := {
		"msg": sprintf("%s and %s change %v `%v` by the same measure", [data.lib.cluster.shown(vertical), data.lib.cluster.shown(scaler), reference.kind, reference.name]),
		"path": [place, "contents", "spec", "targetRef", "name"],
	}
}

measures(scaler) if scaler.spec.metrics[_].type == "Resource"

measures(scaler) if scaler.spec.targetCPUUtilizationPercentage

measures(scaler) if scaler.spec.triggers[_].type in {"cpu", "memory"}
