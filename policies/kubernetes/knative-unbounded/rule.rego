# METADATA
# scope: package
# title: Service that scales without an end
# description: Without an upper bound, a flood of requests starts pods until the cluster, or the bill, can take no more.
# related_resources:
#   - https://knative.dev/docs/serving/autoscaling/scale-bounds/
# custom:
#   id: kubernetes/knative-unbounded
#   severity: low
#   remediation: Set the annotation `autoscaling.knative.dev/max-scale` on the template.
#   profiles:
#     - strict
package kubernetes.knative_unbounded

import rego.v1

deny contains result if {
	input.kind in {"Service", "Configuration"}
	data.lib.kubernetes.group == "serving.knative.dev"
	some pod in data.lib.kubernetes.pods
	not is_bounded(pod)
	result := {
		"msg": sprintf("%s has no upper bound of pods", [data.lib.kubernetes.name]),
		"path": array.concat(pod.owner, ["metadata", "annotations"]),
	}
}

is_bounded(pod) if {
	some key in ["autoscaling.knative.dev/max-scale", "autoscaling.knative.dev/maxScale"]
	not sprintf("%v", [object.get(pod.holder, ["metadata", "annotations", key], "0")]) in {"0", ""}
}
