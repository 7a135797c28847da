//! CODEOWNERS: patterns and owners.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Codeowners, text)
}

#[test]
fn rules() {
    assert_snapshot!(check("# é\n*  @org/all me@example.test\n/a\\ b/ @doc # why\n"), @r#"
    --- 0 plain
    . {} 2:1-3:12
    rules [] 2:1-3:12 key «*  @org/all me@example.test⏎/a\ b/ @doc»
    rules[0] {} 2:1-2:28
    rules[0].pattern = "*" 2:1-2:2 «*» key «*»
    rules[0].owners [] 2:1-2:28 key «*  @org/all me@example.test»
    rules[0].owners[0] {} 2:4-2:12
    rules[0].owners[0].type = "team" 2:4-2:12 «@org/all» key «@org/all»
    rules[0].owners[0].value = "org/all" 2:4-2:12 «@org/all» key «@org/all»
    rules[0].owners[1] {} 2:13-2:28
    rules[0].owners[1].type = "email" 2:13-2:28 «me@example.test» key «me@example.test»
    rules[0].owners[1].value = "me@example.test" 2:13-2:28 «me@example.test» key «me@example.test»
    rules[0].comment = "" 2:28-2:28 «» key «»
    rules[0].lineNumber = 2 2:1-2:28 «*  @org/all me@example.test» key «*  @org/all me@example.test»
    rules[1] {} 3:1-3:12
    rules[1].pattern = "/a\\ b/" 3:1-3:7 «/a\ b/» key «/a\ b/»
    rules[1].owners [] 3:1-3:12 key «/a\ b/ @doc»
    rules[1].owners[0] {} 3:8-3:12
    rules[1].owners[0].type = "username" 3:8-3:12 «@doc» key «@doc»
    rules[1].owners[0].value = "doc" 3:8-3:12 «@doc» key «@doc»
    rules[1].comment = "why" 3:13-3:18 «# why» key «# why»
    rules[1].lineNumber = 3 3:1-3:12 «/a\ b/ @doc» key «/a\ b/ @doc»
    "#);
    assert_snapshot!(check("/none/\n^[Docs][2] @default\n*.md @doc\n"), @r#"
    --- 0 plain
    . {} 1:1-3:10
    rules [] 1:1-3:10 key «/none/⏎^[Docs][2] @default⏎*.md @doc»
    rules[0] {} 1:1-1:7
    rules[0].pattern = "/none/" 1:1-1:7 «/none/» key «/none/»
    rules[0].owners [] 1:1-1:7 key «/none/»
    rules[0].comment = "" 1:7-1:7 «» key «»
    rules[0].lineNumber = 1 1:1-1:7 «/none/» key «/none/»
    rules[1] {} 3:1-3:10
    rules[1].pattern = "*.md" 3:1-3:5 «*.md» key «*.md»
    rules[1].owners [] 3:1-3:10 key «*.md @doc»
    rules[1].owners[0] {} 3:6-3:10
    rules[1].owners[0].type = "username" 3:6-3:10 «@doc» key «@doc»
    rules[1].owners[0].value = "doc" 3:6-3:10 «@doc» key «@doc»
    rules[1].comment = "" 3:10-3:10 «» key «»
    rules[1].lineNumber = 3 3:1-3:10 «*.md @doc» key «*.md @doc»
    rules[1].section = "Docs" 2:3-2:7 «Docs» key «Docs»
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("* nobody\n/a @b\n"), @r#"
    --- 0 plain
    . {} 2:1-2:6
    rules [] 2:1-2:6 key «/a @b»
    rules[0] {} 2:1-2:6
    rules[0].pattern = "/a" 2:1-2:3 «/a» key «/a»
    rules[0].owners [] 2:1-2:6 key «/a @b»
    rules[0].owners[0] {} 2:4-2:6
    rules[0].owners[0].type = "username" 2:4-2:6 «@b» key «@b»
    rules[0].owners[0].value = "b" 2:4-2:6 «@b» key «@b»
    rules[0].comment = "" 2:6-2:6 «» key «»
    rules[0].lineNumber = 2 2:1-2:6 «/a @b» key «/a @b»
    Error Syntax 1:3 no valid CODEOWNERS: an owner is `@name`, `@organisation/team` or an address of mail, this line was not read
    "#);
    assert_snapshot!(check("# nothing\n"), @"");
}
