# METADATA
# scope: package
# title: Secret written into a pipeline
# description: A secret in the file is readable by all who can read the repository and its history, and logs do not hide it.
# related_resources:
#   - https://docs.gitlab.com/ci/variables/#cicd-variable-security
# custom:
#   id: gitlab-ci/secret-in-variable
#   severity: high
#   remediation: Make it a masked and protected variable of the project or take it from a vault with `secrets`, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.secret_in_variable

import rego.v1

deny contains result if {
	some variable in data.lib.gitlab.variables
	data.lib.secrets.is_disclosed(variable.name, variable.value)
	not is_made_up(variable)
	result := {
		"msg": sprintf("%s has a secret written into variable `%s`", [variable.owner.subject, variable.name]),
		"severity": severity(variable),
		"path": variable.path,
		"conceal": data.lib.secrets.concealed(variable.name, variable.value),
	}
}

deny contains result if {
	some script in data.lib.gitlab.scripts
	data.lib.secrets.is_secret_value(script.text)
	line := split(script.text, "\n")[_]
	data.lib.secrets.is_secret_value(line)
	result := {
		"msg": sprintf("%s has a secret written into its script", [script.owner.subject]),
		"path": script.path,
		"text": trim_space(line),
	}
}

# References of the pipeline itself.
is_made_up(variable) if regex.match(`^(\$\[\[.*\]\]|%[A-Za-z_]+%)$`, sprintf("%v", [variable.value]))

# A database that lives as long as the job has a password that guards nothing.
severity(variable) := "low" if {
	regex.match(`(^|_)(pg|postgres|mysql|mariadb|mongo|redis|db|database|sa|test)[a-z_]*pass|^pgpassword$|_root_password$`, lower(variable.name))
	not data.lib.secrets.is_secret_value(variable.value)
} else := "low" if {
	regex.match(`@(localhost|127\.0\.0\.1|postgres|mysql|mariadb|mongo|redis|db|database)(:|/|$)`, sprintf("%v", [variable.value]))
} else := "high"
