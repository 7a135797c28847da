//! EDN: values in the shape of Conftest.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Edn, text)
}

#[test]
fn values() {
    assert_snapshot!(check("; c\n{:a [1 2.5, true nil], \"é\" #{x} #_ {:gone 1} :d #inst \"2020\" 5 (\\a \\( \\newline)}"), @r#"
    --- 0 plain
    . {} 2:1-2:81
    [":a"] [] 2:5-2:22 key «:a»
    [":a"][0] = "1" 2:6-2:7 «1»
    [":a"][1] = "2.5" 2:8-2:11 «2.5»
    [":a"][2] = "true" 2:13-2:17 «true»
    [":a"][3] = null 2:18-2:21 «nil»
    é [] 2:28-2:32 key «"é"»
    é[0] = "x" 2:30-2:31 «x»
    [":d"] = "2020" 2:55-2:61 «"2020"» key «:d»
    5 [] 2:64-2:80 key «5»
    5[0] = "\\a" 2:65-2:67 «\a»
    5[1] = "\\(" 2:68-2:70 «\(»
    5[2] = "\\newline" 2:71-2:79 «\newline»
    "#);
    assert_snapshot!(check("[\"a\\n\\\"\\u00e9\"]"), @r#"
    --- 0 plain
    . [] 1:1-1:16
    [0] = "a\n\"é" 1:2-1:15 «"a\n\"\u00e9"»
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("{:a}"), @"Error Syntax 1:4 no valid EDN: a key of a map has no value, the file was not read");
    assert_snapshot!(check("{:a [1"), @"Error Truncated 1:7 EDN ends too early: a value or bracket is expected, the file was not read");
    assert_snapshot!(check("[1}"), @"Error Syntax 1:3 no valid EDN: a bracket closes that was not opened, the file was not read");
    assert_snapshot!(check("\"open"), @"Error Syntax 1:1 no valid EDN: a string is not closed, the file was not read");
    assert_snapshot!(check("1 2"), @"Error Syntax 1:3 no valid EDN: nothing may follow the value, the file was not read");
    assert_snapshot!(check("#_"), @"Error Truncated 1:3 EDN ends too early: a value or bracket is expected, the file was not read");
    assert_snapshot!(check("{:a 1 :a 2}"), @r#"
    --- 0 plain
    . {} 1:1-1:12
    [":a"] = "2" 1:10-1:11 «2» key «:a»
    Warning Shape 1:7 key `:a` is given twice, first in line 1: the last one counts here, other readers may take the first
    "#);
    assert_snapshot!(check("; nothing"), @"");
}
