# METADATA
# scope: package
# title: Code of dependencies run while they are updated
# description: "With this setting Dependabot runs the manifests and scripts of new versions while it holds the credentials of your registries: one bad release takes them."
# related_resources:
#   - https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference#insecure-external-code-execution--
# custom:
#   id: dependabot/insecure-execution
#   severity: high
#   remediation: Remove the setting.
#   profiles:
#     - recommended
#     - strict
package dependabot.insecure_execution

import rego.v1

deny contains result if {
	some index
	update := input.updates[index]
	update["insecure-external-code-execution"] == "allow"
	result := {
		"msg": sprintf("updates of `%v` run the code of dependencies", [object.get(update, "package-ecosystem", index)]),
		"path": ["updates", index, "insecure-external-code-execution"],
	}
}
