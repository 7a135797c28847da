//! INI: sections, kinds of values, lines that go on.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Ini, text)
}

#[test]
fn sections_and_values() {
    assert_snapshot!(check("root = true\n; note\n[a b]\nn=10\nf: 1.50\nt = True ; why\nv = 1.2.3\nq = \" x # y \"\nflag\n[a b]\nm=\n"), @r#"
    --- 0 plain
    . {} 1:1-11:3
    DEFAULT {} 1:1-1:12 key «»
    DEFAULT.root = true 1:8-1:12 «true» key «root»
    ["a b"] {} 3:2-11:3 key «a b»
    ["a b"].n = 10 4:3-4:5 «10» key «n»
    ["a b"].f = 1.5 5:4-5:8 «1.50» key «f»
    ["a b"].t = true 6:5-6:9 «True» key «t»
    ["a b"].v = "1.2.3" 7:5-7:10 «1.2.3» key «v»
    ["a b"].q = " x # y " 8:6-8:13 « x # y » key «q»
    ["a b"].flag = true 9:1-9:5 «flag» key «flag»
    ["a b"].m = "" 11:3-11:3 «» key «m»
    "#);
    assert_snapshot!(check("[*.{js,py}]\r\nindent = 99999999999999999999\r\n"), @r#"
    --- 0 plain
    . {} 1:2-2:30
    ["*.{js,py}"] {} 1:2-2:30 key «*.{js,py}»
    ["*.{js,py}"].indent = "99999999999999999999" 2:10-2:30 «99999999999999999999» key «indent»
    "#);
}

#[test]
fn values_over_lines() {
    assert_snapshot!(check("[options]\nrequires =\n    a>=1\n    # no\n    b\npath = one \\\n  two\n[git]\n\tx = 1\n\ty = 2\n"), @r#"
    --- 0 plain
    . {} 1:2-10:7
    options {} 1:2-7:6 key «options»
    options.requires = "\na>=1\nb" 2:11-5:6 «⏎    a>=1⏎    # no⏎    b» key «requires»
    options.path = "one two" 6:8-7:6 «one \⏎  two» key «path»
    git {} 8:2-10:7 key «git»
    git.x = 1 9:6-9:7 «1» key «x»
    git.y = 2 10:6-10:7 «2» key «y»
    "#);
}

#[test]
fn faults_cost_their_line() {
    assert_snapshot!(check("[a\nb = 1\n= 2\nsome words\n"), @r"
    --- 0 plain
    . {} 2:1-2:6
    DEFAULT {} 2:1-2:6 key «»
    DEFAULT.b = 1 2:5-2:6 «1» key «b»
    Error Syntax 1:1 no valid INI: a section has no `]`, this line was not read
    Error Syntax 3:1 no valid INI: a value has no name, this line was not read
    Error Syntax 4:1 no valid INI: a line is neither a section nor a name with a value, this line was not read
    ");
    assert_snapshot!(check("[a]\nb=1\nb=2\n"), @r"
    --- 0 plain
    . {} 1:2-3:4
    a {} 1:2-3:4 key «a»
    a.b = 2 3:3-3:4 «2» key «b»
    Warning Shape 3:1 key `b` is given twice, first in line 2: the last one counts here, other readers may take the first
    ");
    assert_snapshot!(check("; nothing\n"), @"");
    assert_snapshot!(check("[empty]\n"), @r"
    --- 0 plain
    . {} 1:2-1:7
    empty {} 1:2-1:7 key «empty»
    ");
}
