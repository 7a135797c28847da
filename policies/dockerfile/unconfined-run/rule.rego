# METADATA
# scope: package
# title: Build step without its walls
# description: "`--security=insecure` runs the step with all rights on the machine that builds; `--network=host` lets it reach what only that machine may."
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run---security
# custom:
#   id: dockerfile/unconfined-run
#   severity: high
#   remediation: Leave the flag out; do what needs it outside of the build.
#   profiles:
#     - recommended
#     - strict
package dockerfile.unconfined_run

import rego.v1

severities := {"--security=insecure": "high", "--network=host": "medium"}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "run"
	some index, word in instruction.flags
	flag := data.lib.dockerfile.unquoted(word)
	severity := severities[flag]
	result := {
		"msg": sprintf("the step runs with `%s`", [flag]),
		"path": [instruction.index, "Flags", index],
		"severity": severity,
	}
}
