# METADATA
# scope: package
# title: Secret written into a workflow
# description: A secret in the file is readable by all who can read the repository and its history, and logs do not hide it.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
# custom:
#   id: github-actions/secret-in-workflow
#   severity: high
#   remediation: Take the value from `secrets`, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
package github_actions.secret_in_workflow

import rego.v1

deny contains result if {
	some environment in data.lib.github.environments
	some name
	value := environment.values[name]
	is_written_down(name, value)
	result := {
		"msg": sprintf("%s has a secret written into variable `%s`", [environment.subject, name]),
		"severity": severity(name, value),
		"path": array.concat(environment.path, [name]),
		"conceal": data.lib.secrets.concealed(name, value),
	}
}

deny contains result if {
	some caller in array.concat(data.lib.github.steps, data.lib.github.jobs)
	some name
	value := caller.spec["with"][name]
	is_written_down(name, value)
	not is_variable_name(value)
	result := {
		"msg": sprintf("%s has a secret written into input `%s`", [caller.subject, name]),
		"path": array.concat(caller.path, ["with", name]),
		"conceal": data.lib.secrets.concealed(name, value),
	}
}

deny contains result if {
	some code in data.lib.github.code
	data.lib.secrets.is_secret_value(code.text)
	line := split(code.text, "\n")[_]
	data.lib.secrets.is_secret_value(line)
	result := {
		"msg": sprintf("%s has a secret written into %s", [code.step.subject, code.place]),
		"path": code.path,
		"text": trim_space(line),
	}
}

is_written_down(name, value) if {
	not contains(sprintf("%v", [value]), "${{")
	data.lib.secrets.is_disclosed(name, value)
}

# Some actions want to be told in which variable the secret is: MAVEN_PASSWORD.
is_variable_name(value) if regex.match(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`, sprintf("%v", [value]))

# A database that lives as long as the job has a password that guards nothing.
severity(name, value) := "low" if {
	regex.match(`(^|_)(pg|postgres|mysql|mariadb|mongo|redis|db|database|sa|test)[a-z_]*pass|^pgpassword$|_root_password$`, lower(name))
	not data.lib.secrets.is_secret_value(value)
} else := "low" if {
	regex.match(`@(localhost|127\.0\.0\.1|postgres|mysql|mariadb|mongo|redis|db|database)(:|/|$)`, sprintf("%v", [value]))
} else := "high"
