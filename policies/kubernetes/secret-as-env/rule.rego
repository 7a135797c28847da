# METADATA
# scope: package
# title: Secret handed over as a variable
# description: Variables are inherited by every child process and end up in crash reports and debug pages; a mounted file is read by who opens it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: kubernetes/secret-as-env
#   severity: low
#   remediation: Mount the Secret as a volume and read the file.
#   profiles:
#     - strict
#     - cis-kubernetes
#   controls:
#     - cis-kubernetes-1.8/5.4.1
#   equivalents:
#     - checkov:CKV_K8S_35
#     - kube-linter:read-secret-from-env-var
package kubernetes.secret_as_env

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index
	variable := container.spec.env[index]
	is_object(variable.valueFrom.secretKeyRef)
	result := {
		"msg": sprintf("%s gets `%v` from a Secret", [container.subject, object.get(variable, "name", index)]),
		"path": array.concat(container.path, ["env", index, "valueFrom", "secretKeyRef"]),
	}
}

deny contains result if {
	some container in data.lib.kubernetes.containers
	some index
	is_object(container.spec.envFrom[index].secretRef)
	result := {
		"msg": sprintf("%s gets all of a Secret as variables", [container.subject]),
		"path": array.concat(container.path, ["envFrom", index, "secretRef"]),
	}
}
