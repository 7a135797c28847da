//! JSON with comments.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Jsonc, text)
}

#[test]
fn comments_and_last_commas() {
    assert_snapshot!(check("// é\n{ /* a */ \"a\": [1, 2,], // x\n \"//\": \"/* no */\",\n}\n/* end */"), @r#"
    --- 0 plain
    . {} 2:1-4:2
    a [] 2:16-2:23 key «"a"»
    a[0] = 1 2:17-2:18 «1»
    a[1] = 2 2:20-2:21 «2»
    ["//"] = "/* no */" 3:8-3:18 «"/* no */"» key «"//"»
    "#);
}

#[test]
fn faults_have_their_place() {
    assert_snapshot!(check("{\"a\": 1 /* open"), @"Error Truncated 1:9 JSON ends too early: a comment is not closed, the file was not read");
    assert_snapshot!(check("{\"a\": 1,,}"), @"Error Syntax 1:9 no valid JSON: a key in double quotes is expected, the file was not read");
    assert_snapshot!(check("[,]"), @"Error Syntax 1:2 no valid JSON: a value is expected, the file was not read");
    assert_snapshot!(check("// nothing"), @"");
    assert_snapshot!(shown(Format::Json, "[1,]"), @"Error Syntax 1:4 no valid JSON: a value is expected, the file was not read");
}
