# METADATA
# scope: package
# title: Secret written into a manifest
# description: A secret in a manifest is readable by all who can read the repository, its history, the object in the cluster, and the release that carries it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: kubernetes/secret-in-env
#   severity: high
#   remediation: Take the value from a Secret with `valueFrom.secretKeyRef`, better from a mounted file, and replace the secret that was written down.
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.4.1
#     - nsa-cisa-1.2/secrets
#   equivalents:
#     - kube-linter:env-var-secret
package kubernetes.secret_in_env

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index
	variable := container.spec.env[index]
	data.lib.secrets.is_disclosed(sprintf("%v", [variable.name]), variable.value)
	result := {
		"msg": sprintf("%s has a secret written into variable `%v`", [container.subject, variable.name]),
		"path": array.concat(container.path, ["env", index, "value"]),
		"conceal": data.lib.secrets.concealed(sprintf("%v", [variable.name]), variable.value),
	}
}
