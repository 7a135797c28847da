# METADATA
# scope: package
# title: Webhook that can stop the cluster
# description: "It judges every kind of object in every namespace and refuses when it does not answer: when its own pods are down, nothing can be created to bring them back."
# related_resources:
#   - https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
# custom:
#   id: kubernetes/webhook-catch-all
#   severity: medium
#   remediation: Leave out its own namespace and kube-system by `namespaceSelector`, and name the kinds it needs.
#   profiles:
#     - recommended
#     - strict
package kubernetes.webhook_catch_all

import rego.v1

deny contains result if {
	input.kind in {"ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}
	some index
	webhook := input.webhooks[index]
	is_object(webhook)
	# The default since admissionregistration.k8s.io/v1.
	object.get(webhook, "failurePolicy", "Fail") == "Fail"
	takes_all(webhook)
	not is_narrowed(webhook)
	result := {
		"msg": sprintf("%s: webhook `%v` must agree to everything", [data.lib.kubernetes.name, object.get(webhook, "name", index)]),
		"path": ["webhooks", index],
	}
}

takes_all(webhook) if {
	entry := webhook.rules[_]
	"*" in entry.apiGroups
	entry.resources[_] in {"*", "*/*"}
}

is_narrowed(webhook) if {
	some field in ["namespaceSelector", "objectSelector"]
	some part in ["matchExpressions", "matchLabels"]
	some key
	webhook[field][part][key]
}

is_narrowed(webhook) if webhook.matchConditions[0]
