# METADATA
# scope: package
# title: Package manager that asks
# description: A build has nobody who answers, so the step fails.
# related_resources:
#   - https://dnf.readthedocs.io/en/latest/command_ref.html
# custom:
#   id: dockerfile/rpm-assume-yes
#   severity: low
#   remediation: Add -y; for zypper -n.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - hadolint:DL3030
#     - hadolint:DL3034
#     - hadolint:DL3038
package dockerfile.rpm_assume_yes

import rego.v1

deny contains result if {
	data.lib.shell.mentions({"yum", "dnf", "zypper"})
	some command in data.lib.shell.commands
	command.name in {"yum", "dnf", "dnf5", "microdnf"}
	data.lib.shell.verb(command) in {"install", "update", "upgrade", "remove", "erase", "groupinstall", "reinstall", "localinstall", "autoremove", "distro-sync"}
	not says_yes(command)
	not is_configured
	result := {
		"msg": sprintf("`%s %s` asks before it goes on", [command.name, data.lib.shell.verb(command)]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

deny contains result if {
	data.lib.shell.mentions({"zypper"})
	some command in data.lib.shell.commands
	command.name == "zypper"
	data.lib.shell.verb(command) in {"install", "in", "update", "up", "remove", "rm", "patch", "dup", "dist-upgrade"}
	not answers(command)
	result := {
		"msg": sprintf("`zypper %s` asks before it goes on", [data.lib.shell.verb(command)]),
		"path": [command.instruction.index],
		"text": data.lib.shell.at(command),
	}
}

says_yes(command) if {
	some word in command.args
	regex.match(`^-[A-Za-z]*y|^--(assumeyes|assumeno|downloadonly|setopt=assumeyes=)`, word)
}

says_yes(command) if command.is_piped

answers(command) if {
	some word in command.args
	regex.match(`^-[A-Za-z]*[ny]|^--(non-interactive|no-confirm|dry-run|download-only)$`, word)
}

answers(command) if command.is_piped

is_configured if {
	some script in data.lib.shell.scripts
	contains(script.text, "assumeyes")
}
