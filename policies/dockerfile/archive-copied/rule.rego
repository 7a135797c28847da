# METADATA
# scope: package
# title: Archive copied, then unpacked
# description: The archive stays in its own layer beside what was unpacked from it; ADD unpacks it while it copies.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives
# custom:
#   id: dockerfile/archive-copied
#   severity: low
#   remediation: "Use ADD for a local tar archive, or mount it: `RUN --mount=type=bind`."
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3010
package dockerfile.archive_copied

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"tar"})
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "copy"
	not data.lib.dockerfile.flag(instruction, "from")
	instruction.stage in data.lib.dockerfile.shipped
	some source in array.slice(instruction.values, 0, count(instruction.values) - 1)
	name := base(data.lib.dockerfile.unquoted(source))
	regex.match(`\.(tar|tgz|tbz2?|txz|tar\.[a-z0-9]+)$`, lower(name))
	is_unpacked(name, instruction)
	result := {
		"msg": sprintf("`%s` is copied and then unpacked", [name]),
		"path": [instruction.index],
	}
}

is_unpacked(name, instruction) if {
	some command in data.lib.shell.commands
	command.name in {"tar", "bsdtar"}
	command.instruction.index > instruction.index
	command.instruction.stage == instruction.stage
	words := concat(" ", command.args)
	regex.match(`^-?[a-zA-Z]*x|--extract| -[a-zA-Z]*x`, words)
	contains(words, name)
}

base(path) := parts[count(parts) - 1] if parts := split(path, "/")
