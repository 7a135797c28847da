# METADATA
# scope: package
# title: AppArmor turned off
# description: An unconfined container loses the profile that keeps it from writing to /proc and /sys and from mounting file systems.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - https://kubernetes.io/docs/tutorials/security/apparmor/
# custom:
#   id: kubernetes/apparmor-unconfined
#   severity: medium
#   remediation: Remove the setting, or name RuntimeDefault or a profile of the node.
#   profiles:
#     - recommended
#     - strict
#     - pss-baseline
#     - pss-restricted
#   controls:
#     - pss-baseline/apparmor
#   equivalents:
#     - trivy:KSV-0002
package kubernetes.apparmor_unconfined

import rego.v1

deny contains result if {
	some context in data.lib.kubernetes.security_contexts
	type := context.value.appArmorProfile.type
	not type in {"RuntimeDefault", "Localhost", null}
	result := {
		"msg": sprintf("%s sets its AppArmor profile to %v", [context.subject, type]),
		"path": array.concat(context.path, ["appArmorProfile", "type"]),
	}
}

# The form before Kubernetes 1.30.
deny contains result if {
	some pod in data.lib.kubernetes.pods
	some key
	value := pod.holder.metadata.annotations[key]
	is_string(key)
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	is_string(value)
	not regex.match(`^(runtime/default|localhost/.*|)$`, value)
	container := trim_prefix(key, "container.apparmor.security.beta.kubernetes.io/")
	result := {
		"msg": sprintf("container `%s` of %s sets its AppArmor profile to %s", [container, data.lib.kubernetes.name, value]),
		"path": array.concat(pod.owner, ["metadata", "annotations", key]),
	}
}
