# METADATA
# scope: package
# title: Policy webhook that lets pass what it cannot judge
# description: With `Ignore`, an object is admitted unseen whenever the webhook is down, slow or flooded.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy
# custom:
#   id: kubernetes/webhook-ignores-failure
#   severity: low
#   remediation: Fail closed, for the kinds that matter and outside of the namespaces that the webhook itself needs.
#   profiles:
#     - strict
package kubernetes.webhook_ignores_failure

import rego.v1

deny contains result if {
	input.kind == "ValidatingWebhookConfiguration"
	some index
	webhook := input.webhooks[index]
	is_object(webhook)
	webhook.failurePolicy == "Ignore"
	result := {
		"msg": sprintf("%s: webhook `%v` admits what it cannot judge", [data.lib.kubernetes.name, object.get(webhook, "name", index)]),
		"path": ["webhooks", index, "failurePolicy"],
	}
}
