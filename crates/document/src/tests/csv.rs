//! CSV: rows as objects, cells with their places.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Csv, text)
}

#[test]
fn rows_are_named_by_the_first() {
    assert_snapshot!(check("name,role\r\n\"Doe, \"\"Jo\"\"\",admin\r\n\r\nné,\r\n"), @r#"
    --- 0 plain
    . [] 1:1-4:4
    [0] {} 2:1-2:20
    [0].name = "Doe, \"Jo\"" 2:1-2:14 «"Doe, ""Jo"""» key «"Doe, ""Jo"""»
    [0].role = "admin" 2:15-2:20 «admin» key «admin»
    [1] {} 4:1-4:4
    [1].name = "né" 4:1-4:3 «né» key «né»
    [1].role = "" 4:4-4:4 «» key «»
    "#);
    assert_snapshot!(check("a;b\n1;2"), @r#"
    --- 0 plain
    . [] 1:1-2:4
    [0] {} 2:1-2:4
    [0].a = "1" 2:1-2:2 «1» key «1»
    [0].b = "2" 2:3-2:4 «2» key «2»
    "#);
    assert_snapshot!(check("a\n\"two\nlines\"\n"), @r#"
    --- 0 plain
    . [] 1:1-3:7
    [0] {} 2:1-3:7
    [0].a = "two\nlines" 2:1-3:7 «"two⏎lines"» key «"two⏎lines"»
    "#);
}

#[test]
fn rows_without_names() {
    assert_snapshot!(check("a,a\n1,2\n"), @r#"
    --- 0 plain
    . [] 1:1-2:4
    [0] [] 1:1-1:4
    [0][0] = "a" 1:1-1:2 «a»
    [0][1] = "a" 1:3-1:4 «a»
    [1] [] 2:1-2:4
    [1][0] = "1" 2:1-2:2 «1»
    [1][1] = "2" 2:3-2:4 «2»
    "#);
}

#[test]
fn rows_of_other_lengths() {
    assert_snapshot!(check("a,b\n1\n1,2,3\n"), @r##"
    --- 0 plain
    . [] 1:1-3:6
    [0] {} 2:1-2:2
    [0].a = "1" 2:1-2:2 «1» key «1»
    [1] {} 3:1-3:6
    [1].a = "1" 3:1-3:2 «1» key «1»
    [1].b = "2" 3:3-3:4 «2» key «2»
    [1]["#3"] = "3" 3:5-3:6 «3» key «3»
    Warning Shape 2:1 row has 1 cells where the first row has 2
    "##);
}

#[test]
fn faults() {
    assert_snapshot!(check("a,b\n\"x,2\n"), @"Error Syntax 2:1 no valid CSV: a quote is not closed, the file was not read");
    assert_snapshot!(check("a,b\n\"x\"y,2\n"), @"Error Syntax 2:4 no valid CSV: text stands behind a closing quote, the file was not read");
    assert_snapshot!(check("\n"), @"");
}
