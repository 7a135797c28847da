# METADATA
# scope: package
# title: Broken servers stay in the rotation
# description: Without outlier detection a pod that answers only errors gets its share of requests for as long as it lives.
# related_resources:
#   - https://istio.io/latest/docs/reference/config/networking/destination-rule/#OutlierDetection
# custom:
#   id: kubernetes/istio-outlier-detection
#   severity: low
#   remediation: Add `outlierDetection` to the traffic policy.
#   profiles:
#     - strict
package kubernetes.istio_outlier_detection

import rego.v1

deny contains result if {
	input.kind == "DestinationRule"
	data.lib.kubernetes.group == "networking.istio.io"
	is_object(input.spec)
	not is_object(object.get(input.spec, ["trafficPolicy", "outlierDetection"], null))
	result := {
		"msg": sprintf("%s takes no broken server out of the rotation", [data.lib.kubernetes.name]),
		"path": ["spec", "trafficPolicy"],
	}
}
