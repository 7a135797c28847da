# METADATA
# scope: package
# title: Token of a service account that never ends
# description: A Secret of this type holds a token without an end, which whoever reads it once may use until the account is deleted.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/service-accounts/
#   - https://kubernetes.io/docs/concepts/configuration/secret/#service-account-token-secrets
# custom:
#   id: kubernetes/service-account-token-secret
#   severity: medium
#   remediation: Ask for a token when it is needed (kubectl create token, a projected volume), which ends by itself.
#   objects:
#     - Secret
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/pod-service-account-tokens
package kubernetes.service_account_token_secret

import rego.v1

deny contains result if {
	input.kind == "Secret"
	data.lib.kubernetes.group == ""
	input.type == "kubernetes.io/service-account-token"
	result := {
		"msg": sprintf("%s is a token of `%v` without an end", [data.lib.kubernetes.name, object.get(input, ["metadata", "annotations", "kubernetes.io/service-account.name"], "a service account")]),
		"path": ["type"],
	}
}
