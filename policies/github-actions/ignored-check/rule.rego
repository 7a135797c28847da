# METADATA
# scope: package
# title: Result of a check thrown away
# description: "A check that may fail stops nothing: what it finds is delivered, and soon nobody reads it."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepscontinue-on-error
# custom:
#   id: github-actions/ignored-check
#   severity: medium
#   remediation: Let the check fail the run, and accept single findings where the checker keeps its exceptions.
#   profiles:
#     - strict
package github_actions.ignored_check

import rego.v1

deny contains result if {
	some owner in array.concat(data.lib.github.steps, data.lib.github.jobs)
	data.lib.github.is_true(owner.spec["continue-on-error"])
	is_check(owner)
	result := {
		"msg": sprintf("%s may fail, and stops nothing", [owner.subject]),
		"path": array.concat(owner.path, ["continue-on-error"]),
	}
}

deny contains result if {
	some script in data.lib.github.scripts
	some command in data.lib.script.commands(script.text)
	some program in data.lib.scanners.ignored(command.joined)
	result := {
		"msg": sprintf("%s throws away what `%s` says", [script.step.subject, program]),
		"path": script.path,
		"text": command.line,
	}
}

is_check(owner) if {
	text := owner.spec[["name", "id", "uses"][_]]
	is_string(text)
	data.lib.scanners.is_check_name(split(text, "@")[0])
}

is_check(owner) if data.lib.scanners.is_check_name(sprintf("%v", [owner.name]))

is_check(owner) if {
	is_string(owner.spec.run)
	data.lib.scanners.is_check_name(split(trim_space(owner.spec.run), " ")[0])
}
