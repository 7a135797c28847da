# METADATA
# scope: package
# title: New versions taken at once
# description: "Most bad releases are found within days. Who takes a version on its first day takes the bad ones too."
# related_resources:
#   - https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference#cooldown-
# custom:
#   id: dependabot/cooldown
#   severity: low
#   remediation: "Set `cooldown.default-days` to a week; updates for known vulnerabilities do not wait for it."
#   profiles:
#     - strict
package dependabot.cooldown

import rego.v1

deny contains result if {
	some index
	update := input.updates[index]
	is_object(update)
	not waits(update)
	result := {
		"msg": sprintf("updates of `%v` do not wait", [object.get(update, "package-ecosystem", index)]),
		"path": cause(update, index),
	}
}

waits(update) if {
	days := update.cooldown[["default-days", "semver-major-days", "semver-minor-days", "semver-patch-days"][_]]
	is_number(days)
	days > 0
}

cause(update, index) := ["updates", index, "cooldown"] if {
	update.cooldown
} else := ["updates", index]
