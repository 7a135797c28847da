# METADATA
# scope: package
# title: Secret written in a manifest
# description: "Base64 is no encryption: whoever reads the file, or the history it lies in, has the secret."
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: kubernetes/secret-in-manifest
#   severity: medium
#   remediation: Keep the value in a secret store (External Secrets, Sealed Secrets, SOPS, a CSI driver) and let the cluster fetch it.
#   objects:
#     - Secret
#   profiles:
#     - recommended
#     - strict
#     - cis-kubernetes
#     - nsa-cisa
#   controls:
#     - cis-kubernetes-1.8/5.4.2
#     - nsa-cisa-1.2/secrets
package kubernetes.secret_in_manifest

import rego.v1

deny contains result if {
	input.kind == "Secret"
	data.lib.kubernetes.group == ""
	not is_encrypted
	not holds_no_secret
	some field, key
	value := input[field][key]
	field in {"data", "stringData"}
	is_string(value)
	text := plain(field, value)
	not is_public(key)
	not is_blank(text)
	data.lib.secrets.is_literal(text)
	result := {
		"msg": sprintf("%s holds the value of `%v`", [data.lib.kubernetes.name, key]),
		"path": [field, key],
		"conceal": [value],
	}
}

# What SOPS encrypted says so.
is_encrypted if input.sops

# Releases of Helm, and caches that tools write.
holds_no_secret if startswith(sprintf("%v", [input.type]), "helm.sh/")

# Half of a key pair that everyone may know, and names.
is_public(key) if key in {"ca.crt", "tls.crt", "username", "user", "namespace", "ca-bundle.crt"}

plain("stringData", value) := value

plain("data", value) := base64.decode(value) if base64.is_valid(value)

is_blank(text) if trim_space(text) in {"", "{}", "null"}
