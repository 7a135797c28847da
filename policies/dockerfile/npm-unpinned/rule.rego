# METADATA
# scope: package
# title: Node packages without versions
# description: "The same build gives another image tomorrow, for npm takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://docs.npmjs.com/cli/commands/npm-install
# custom:
#   id: dockerfile/npm-unpinned
#   severity: low
#   remediation: "Name the version, `typescript@5.5.4`, or install what the lockfile names: `npm ci`."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3016
package dockerfile.npm_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"npm", "yarn"})
	some found in data.lib.packages.unpinned("npm")
	not is_bound(found.command)
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}

# Yarn and pnpm install by the lockfile; what is added without -g is written there.
is_bound(command) if {
	command.name == "npm"
	some word in command.args
	word in {"ci", "--package-lock-only"}
}
