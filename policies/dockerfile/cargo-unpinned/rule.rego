# METADATA
# scope: package
# title: Cargo programs without versions
# description: "The same build gives another image tomorrow, for cargo install takes the newest it finds: a good one cannot be made again, a bad one comes in unseen."
# related_resources:
#   - https://doc.rust-lang.org/cargo/commands/cargo-install.html
# custom:
#   id: dockerfile/cargo-unpinned
#   severity: low
#   remediation: Name the version, `cargo install --locked just@1.34.0`.
#   profiles:
#     - strict
package dockerfile.cargo_unpinned

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"cargo"})
	some found in data.lib.packages.unpinned("cargo")
	not is_bound(found.command)
	result := {
		"msg": sprintf("no version is named for %s", [data.lib.packages.shown(found.names)]),
		"path": [found.command.instruction.index],
		"text": data.lib.shell.at_word(found.command, found.names[0]),
	}
}

is_bound(command) if {
	some word in command.args
	regex.match(`^--(version|vers|rev|tag|path)(=|$)`, word)
}
