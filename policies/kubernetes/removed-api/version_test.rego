package kubernetes.removed_api_test

import rego.v1

scaler := {"apiVersion": "autoscaling/v2beta2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"}}

test_gone_since_its_version if {
	count(data.kubernetes.removed_api.deny) == 1 with input as scaler with data.parameters as {"kubernetes_version": "1.26"}
	count(data.kubernetes.removed_api.deny) == 0 with input as scaler with data.parameters as {"kubernetes_version": "1.25"}
}

test_deprecated_before_that if {
	count(data.kubernetes.deprecated_api.deny) == 1 with input as scaler with data.parameters as {"kubernetes_version": "1.25"}
	count(data.kubernetes.deprecated_api.deny) == 0 with input as scaler with data.parameters as {"kubernetes_version": "1.26"}
	count(data.kubernetes.deprecated_api.deny) == 0 with input as scaler with data.parameters as {"kubernetes_version": "1.22"}
}
