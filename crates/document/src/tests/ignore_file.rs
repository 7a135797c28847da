//! Ignore files: one entry a line.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Ignore, text)
}

#[test]
fn entries() {
    assert_snapshot!(check("# build é\n\n/target \n!\\#keep\\ \n"), @r##"
    --- 0 plain
    . [] 1:1-5:1
    [0] {} 1:1-1:10
    [0].Kind = "Comment" 1:1-1:10 «# build é» key «# build é»
    [0].Value = "build é" 1:1-1:10 «# build é» key «# build é»
    [0].Original = "# build é" 1:1-1:10 «# build é» key «# build é»
    [1] {} 2:1-2:1
    [1].Kind = "Empty" 2:1-2:1 «» key «»
    [1].Value = "" 2:1-2:1 «» key «»
    [1].Original = "" 2:1-2:1 «» key «»
    [2] {} 3:1-3:9
    [2].Kind = "Path" 3:1-3:9 «/target » key «/target »
    [2].Value = "/target" 3:1-3:9 «/target » key «/target »
    [2].Original = "/target " 3:1-3:9 «/target » key «/target »
    [3] {} 4:1-4:10
    [3].Kind = "NegatedPath" 4:1-4:10 «!\#keep\ » key «!\#keep\ »
    [3].Value = "#keep " 4:1-4:10 «!\#keep\ » key «!\#keep\ »
    [3].Original = "!\\#keep\\ " 4:1-4:10 «!\#keep\ » key «!\#keep\ »
    [4] {} 5:1-5:1
    [4].Kind = "Empty" 5:1-5:1 «» key «»
    [4].Value = "" 5:1-5:1 «» key «»
    [4].Original = "" 5:1-5:1 «» key «»
    "##);
    assert_snapshot!(check("a\r\nb"), @r#"
    --- 0 plain
    . [] 1:1-2:2
    [0] {} 1:1-1:2
    [0].Kind = "Path" 1:1-1:2 «a» key «a»
    [0].Value = "a" 1:1-1:2 «a» key «a»
    [0].Original = "a" 1:1-1:2 «a» key «a»
    [1] {} 2:1-2:2
    [1].Kind = "Path" 2:1-2:2 «b» key «b»
    [1].Value = "b" 2:1-2:2 «b» key «b»
    [1].Original = "b" 2:1-2:2 «b» key «b»
    "#);
    assert_snapshot!(check("\n \n"), @"");
}
