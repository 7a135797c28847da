# METADATA
# scope: package
# title: User known only by name
# description: "Kubernetes cannot tell whether a name is root: with runAsNonRoot it refuses the image."
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: dockerfile/named-user
#   severity: low
#   remediation: "Write the number: `USER 10001`."
#   profiles:
#     - strict
package dockerfile.named_user

import rego.v1

deny contains result if {
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "user"
	instruction.stage in data.lib.dockerfile.shipped
	not is_followed(instruction)
	user := split(data.lib.dockerfile.unquoted(instruction.values[0]), ":")[0]
	not regex.match(`^[0-9]+$|[$]`, user)
	# Root is the rule root-user.
	not lower(user) in {"root", "containeradministrator", "administrator", "containeruser"}
	result := {
		"msg": sprintf("`%s` is a name, not a number", [user]),
		"path": [instruction.index, "Value", 0],
	}
}

is_followed(instruction) if {
	some later in data.lib.dockerfile.own_instructions
	later.cmd == "user"
	later.index > instruction.index
	later.stage in data.lib.dockerfile.shipped
}
