# METADATA
# scope: package
# title: Tiller of Helm 2
# description: Tiller does for everyone in the cluster what its own account may, which mostly is everything, and asks nobody who they are.
# related_resources:
#   - https://helm.sh/docs/v2/securing_installation/
# custom:
#   id: kubernetes/tiller
#   severity: high
#   remediation: Move to Helm 3, which has no part in the cluster.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - trivy:KSV-0102
#     - checkov:CKV_K8S_34
package kubernetes.tiller

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	image := container.spec.image
	is_string(image)
	contains(image, "tiller")
	regex.match(`(^|/)(kubernetes-helm/)?tiller(:|@|$)`, image)
	result := {
		"msg": sprintf("%s is Tiller", [container.subject]),
		"path": array.concat(container.path, ["image"]),
	}
}
