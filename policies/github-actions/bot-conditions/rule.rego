# METADATA
# scope: package
# title: Bot told by a name that anyone can bring
# description: "`github.actor` is who acted last, not who wrote the pull request: a stranger makes the bot act on his own pull request, for example by a comment, and the condition is met."
# related_resources:
#   - https://www.synacktiv.com/publications/github-actions-exploitation-dependabot
# custom:
#   id: github-actions/bot-conditions
#   severity: high
#   remediation: "Ask `github.event.pull_request.user.login`, and for `workflow_run` the repository that the head lies in."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:bot-conditions
package github_actions.bot_conditions

import rego.v1

deny contains result if {
	count(data.lib.github.events & {"pull_request_target", "workflow_run", "issue_comment"}) > 0
	some owner in array.concat(data.lib.github.jobs, data.lib.github.steps)
	condition := owner.spec["if"]
	is_string(condition)
	found := regex.find_n(`(?:github\.(?:triggering_)?actor|github\.event\.sender\.login|github\.event\.workflow_run\.(?:triggering_)?actor\.login)[[:space:]]*==[[:space:]]*'[^']*\[bot\]'|'[^']*\[bot\]'[[:space:]]*==[[:space:]]*(?:github\.(?:triggering_)?actor|github\.event\.sender\.login)`, data.lib.github_expressions.lowered(condition), 1)[0]
	not asks_author(data.lib.github_expressions.lowered(condition))
	result := {
		"msg": sprintf("%s believes who acted last: `%s`", [owner.subject, found]),
		"path": array.concat(owner.path, ["if"]),
	}
}

asks_author(condition) if regex.match(`pull_request\.user\.login[[:space:]]*==|pull_request\.head\.repo\.full_name[[:space:]]*==`, condition)
