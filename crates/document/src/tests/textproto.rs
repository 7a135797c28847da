//! The text format of protocol buffers.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Textproto, text)
}

#[test]
fn fields() {
    assert_snapshot!(check("# c\nname: \"é\" 'b'\nport: 0x1F; on: true\nserver { host: LOCAL }\nserver: < x: -1.5f >\nids: [1, - 2]\nnone: []\n[a.b/c] { }\n"), @r#"
    --- 0 plain
    . {} 1:1-9:1
    name = "éb" 2:7-2:14 «"é" 'b'» key «name»
    port = 31 3:7-3:11 «0x1F» key «port»
    on = true 3:17-3:21 «true» key «on»
    server [] 4:8-5:21 key «server»
    server[0] {} 4:8-4:23
    server[0].host = "LOCAL" 4:16-4:21 «LOCAL» key «host»
    server[1] {} 5:9-5:21
    server[1].x = -1.5 5:14-5:19 «-1.5f» key «x»
    ids [] 6:6-6:14 key «ids»
    ids[0] = 1 6:7-6:8 «1»
    ids[1] = -2 6:10-6:13 «- 2»
    none [] 7:7-7:9 key «none»
    ["a.b/c"] {} 8:9-8:12 key «[a.b/c]»
    "#);
    assert_snapshot!(check("a: \"\\n\\303\\251\\x41\\u00e9\"\nb: 18446744073709551615\nc: 99999999999999999999\nd: inf\n"), @r#"
    --- 0 plain
    . {} 1:1-5:1
    a = "\néAé" 1:4-1:26 «"\n\303\251\x41\u00e9"» key «a»
    b = 18446744073709551615 2:4-2:24 «18446744073709551615» key «b»
    c = "99999999999999999999" 3:4-3:24 «99999999999999999999» key «c»
    d = "inf" 4:4-4:7 «inf» key «d»
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("a { b: 1"), @"Error Truncated 1:9 no valid text format: a message is not closed, the file was not read");
    assert_snapshot!(check("a 1"), @"Error Syntax 1:3 no valid text format: `:` is expected behind the name of a field, the file was not read");
    assert_snapshot!(check("a: \"open\n"), @"Error Syntax 1:4 no valid text format: a string is not closed, the file was not read");
    assert_snapshot!(check("a: [1"), @"Error Truncated 1:6 no valid text format: a value is expected, the file was not read");
    assert_snapshot!(check(": 1"), @"Error Syntax 1:1 no valid text format: the name of a field is expected, the file was not read");
    assert_snapshot!(check("# nothing"), @"");
}
