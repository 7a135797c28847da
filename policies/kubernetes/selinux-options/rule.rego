# METADATA
# scope: package
# title: SELinux label outside the container types
# description: A custom SELinux user, role or type can take the container out of the confinement that all others are in.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: kubernetes/selinux-options
#   severity: medium
#   remediation: Remove `user` and `role`, and use one of the container types.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#   controls:
#     - pss-baseline/selinux
#   equivalents:
#     - trivy:KSV-0025
package kubernetes.selinux_options

import rego.v1

types := {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}

deny contains result if {
	some context in data.lib.kubernetes.security_contexts
	some field
	value := context.value.seLinuxOptions[field]
	is_refused(field, value)
	result := {
		"msg": sprintf("%s sets the SELinux %s `%v`", [context.subject, field, value]),
		"path": array.concat(context.path, ["seLinuxOptions", field]),
	}
}

is_refused("type", value) if {
	value != null
	not value in types
}

is_refused(field, value) if {
	field in {"user", "role"}
	not value in {"", null}
}
