//! Java properties: names, escapes, lines that go on, values that stand for others.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Properties, text)
}

#[test]
fn names_and_values() {
    assert_snapshot!(check("# c\n! c\na=1\n b : two words \nc three\nd\ne\\ f\\=g = h\nü=\\u00e9\\ud83d\\ude80\\t|\n"), @r#"
    --- 0 plain
    . {} 1:1-8:24
    a = "1" 3:3-3:4 «1» key «a»
    b = "two words " 4:6-4:16 «two words » key «b»
    c = "three" 5:3-5:8 «three» key «c»
    d = "" 6:2-6:2 «» key «d»
    ["e f=g"] = "h" 7:11-7:12 «h» key «e\ f\=g»
    ü = "é🚀\t|" 8:3-8:24 «\u00e9\ud83d\ude80\t|» key «ü»
    "#);
}

#[test]
fn values_over_lines() {
    assert_snapshot!(check("fruits = apple, \\\n    pear, \\\\\nx=1\\\n"), @r#"
    --- 0 plain
    . {} 1:1-3:5
    fruits = "apple, pear, \\" 1:10-2:13 «apple, \⏎    pear, \\» key «fruits»
    x = "1" 3:3-3:5 «1\» key «x»
    "#);
}

#[test]
fn values_that_stand_for_others() {
    assert_snapshot!(check("host=h\nurl=http://${host}/${path}\npath=p${host}\nself=${self}\nother=${not.here}\na=${b}\nb=${a}\n"), @r#"
    --- 0 plain
    . {} 1:1-7:7
    host = "h" 1:6-1:7 «h» key «host»
    url = "http://${host}/${path}" 2:5-2:27 «http://${host}/${path}» key «url»
    path = "p${host}" 3:6-3:14 «p${host}» key «path»
    self = "${self}" 4:6-4:13 «${self}» key «self»
    other = "${not.here}" 5:7-5:18 «${not.here}» key «other»
    a = "${b}" 6:3-6:7 «${b}» key «a»
    b = "${a}" 7:3-7:7 «${a}» key «b»
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("a=\\u12\n"), @r#"
    --- 0 plain
    . {} 1:1-1:7
    a = "\\u12" 1:3-1:7 «\u12» key «a»
    Error Syntax 1:3 no valid property: `\u` stands before four hexadecimal digits, it was taken as it is written
    "#);
    assert_snapshot!(check("a=1\na=2\n"), @r#"
    --- 0 plain
    . {} 1:1-2:4
    a = "2" 2:3-2:4 «2» key «a»
    Warning Shape 2:1 key `a` is given twice, first in line 1: the last one counts here, other readers may take the first
    "#);
    assert_snapshot!(check("#\n\n"), @"");
}
