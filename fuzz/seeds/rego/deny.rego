# METADATA
# title: Names are set
# custom:
#   id: demo/names
#   severity: high
package main

import rego.v1

deny contains msg if {
	some i, item in input.list
	is_null(item)
	msg := sprintf("element %d is null", [i])
}

violation contains {"msg": "no name", "path": ["metadata", "name"]} if not input.metadata.name

warn contains "old" if input.kind == {"a": [1, {"b": "c"}]}.a[1].b

helper(x) := y if y := [n | n := x[_]; startswith(n, "a")]

deny contains msg if {
	count(helper(input.list)) > 3
	msg := concat(",", helper(input.list))
}
