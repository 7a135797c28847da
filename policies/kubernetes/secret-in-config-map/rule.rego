# METADATA
# scope: package
# title: Secret in a ConfigMap
# description: A ConfigMap is open to everyone who may read the namespace, and nothing treats its values as secret.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   id: kubernetes/secret-in-config-map
#   severity: high
#   remediation: Move the value to a Secret, and replace the secret that was written down.
#   profiles:
#     - recommended
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/secrets
#   equivalents:
#     - trivy:KSV-0109
#     - trivy:KSV-01010
package kubernetes.secret_in_config_map

import rego.v1

deny contains result if {
	input.kind == "ConfigMap"
	some key
	value := input.data[key]
	data.lib.secrets.is_disclosed(key, value)
	result := {
		"msg": sprintf("%s has a secret written into key `%s`", [data.lib.kubernetes.name, key]),
		"path": ["data", key],
		"conceal": data.lib.secrets.concealed(key, value),
	}
}

# Settings files inside: lines such as `password = x` and `"token": "x"`.
deny contains result if {
	input.kind == "ConfigMap"
	some key
	value := input.data[key]
	is_string(value)
	contains(value, "\n")
	not data.lib.secrets.is_disclosed(key, value)
	some line in regex.find_all_string_submatch_n(setting, value, 200)
	data.lib.secrets.is_disclosed(line[1], line[2])
	result := {
		"msg": sprintf("%s has a secret written into `%s` of key `%s`", [data.lib.kubernetes.name, line[1], key]),
		"path": ["data", key],
		"conceal": data.lib.secrets.concealed(line[1], line[2]),
	}
}

setting := `(?m)^[ \t]*["']?([A-Za-z][A-Za-z0-9_.-]*)["']?[ \t]*[:=][ \t]*["']?([^"' \t\r\n,]+)["']?,?[ \t]*$`
