package main

deny[msg] {
  input.kind == "Pod"
  not input.spec.securityContext
  msg = sprintf("%s has no security context", [input.metadata.name])
}

exception[rules] {
  rules := [""]
}

violation[{"msg": msg}] {
  msg := "object"
  regex.match("^a+$", input.list[_])
}
