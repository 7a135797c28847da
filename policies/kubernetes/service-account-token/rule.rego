# METADATA
# scope: package
# title: Token of the API mounted
# description: Every container of the pod can read a token for the Kubernetes API, which most programs never use and every intruder looks for.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: kubernetes/service-account-token
#   severity: low
#   remediation: Set `automountServiceAccountToken` to false in the pod or its service account.
#   profiles:
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.1.6
#     - nsa-cisa-1.2/pod-service-account-tokens
#   equivalents:
#     - trivy:KSV-0036
#     - checkov:CKV_K8S_38
package kubernetes.service_account_token

import rego.v1

# What the service account says is in another document and does not count where the pod speaks.
deny contains result if {
	some pod in data.lib.kubernetes.pods
	not pod.spec.automountServiceAccountToken == false
	pod.spec.containers[0]
	result := {
		"msg": sprintf("%s gets a token of the Kubernetes API", [data.lib.kubernetes.name]),
		"path": cause(pod),
	}
}

cause(pod) := array.concat(pod.path, ["automountServiceAccountToken"]) if {
	pod.spec.automountServiceAccountToken == true
} else := array.concat(pod.path, ["containers", 0])
