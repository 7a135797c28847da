# METADATA
# scope: package
# title: Moving tag that is pulled once
# description: "The tag may mean another image tomorrow, and this policy keeps whatever a node pulled first: nodes run different images under one name."
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
# custom:
#   id: kubernetes/pull-policy
#   severity: low
#   remediation: Pin the image by version or digest; else pull always.
#   profiles:
#     - strict
#   equivalents:
#     - checkov:CKV_K8S_15
package kubernetes.pull_policy

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	policy := container.spec.imagePullPolicy
	policy in {"IfNotPresent", "Never"}
	is_string(container.spec.image)
	data.lib.images.moving(container.spec.image)
	result := {
		"msg": sprintf("%s pulls `%s` only %s", [container.subject, container.spec.image, words[policy]]),
		"path": array.concat(container.path, ["imagePullPolicy"]),
	}
}

words := {"IfNotPresent": "when the node has none", "Never": "by other means"}
