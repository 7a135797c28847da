# METADATA
# scope: package
# title: Token of the checkout put into an artifact
# description: "The checkout writes its token into the folder `.git`, and the artifact takes the folder along: while the run lasts, everyone who can read the artifact can use the token."
# related_resources:
#   - https://github.com/actions/checkout#usage
#   - https://github.com/actions/upload-artifact#uploading-hidden-files
# custom:
#   id: github-actions/credentials-in-artifact
#   severity: high
#   remediation: "Set `persist-credentials: false` at the checkout, and upload the folder that was built, not the one it was built in."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:artipacked
package github_actions.credentials_in_artifact

import rego.v1

deny contains result if {
	some upload in data.lib.github.steps
	data.lib.github.calls_one_of(upload, {"actions/upload-artifact"})
	takes_hidden_files(upload)
	value := data.lib.github.with_input(upload, "path")
	some path in split(sprintf("%v", [value]), "\n")
	is_workspace(trim_space(path))
	some checkout in data.lib.github.siblings(upload)
	data.lib.github.calls_one_of(checkout, {"actions/checkout"})
	data.lib.github.with_input(checkout, "path") == null
	not data.lib.github.is_false(data.lib.github.with_input(checkout, "persist-credentials"))
	result := {
		"msg": sprintf("%s uploads the folder that has the token of the checkout in it", [upload.subject]),
		"path": data.lib.github.input_path(upload, "path"),
		"text": trim_space(path),
	}
}

# Since version 4.4 hidden files are left out unless they are asked for.
takes_hidden_files(step) if data.lib.github.is_true(data.lib.github.with_input(step, "include-hidden-files"))

takes_hidden_files(step) if {
	data.lib.github.with_input(step, "include-hidden-files") == null
	regex.match(`^v?([123]|4\.[0-3])(\.|$)`, data.lib.github.reference(step.spec.uses))
}

is_workspace(path) if {
	plain := regex.replace(path, `[$]\{\{[[:space:]]*github\.workspace[[:space:]]*\}\}|[$]\{?GITHUB_WORKSPACE\}?|^~/work/.*`, ".")
	regex.match(`^(\./?|\.git/?|\.?/?[*]{1,2}(/[*]{1,2})?|\./?[*]{1,2}(/[*]{1,2})?|\./\.git/?([*]{2}.*)?|\.\./?)$`, plain)
}
