//! `.env`: names, quotes, and values that stand for others.

use insta::assert_snapshot;
use model::Format;

use super::shown;

fn check(text: &str) -> String {
    shown(Format::Dotenv, text)
}

#[test]
fn names_and_values() {
    assert_snapshot!(check("# all\nexport A=1 # one\nB: two words\nC=\nD='a $A \\n' \nE=\"a\\n\\\"b\\\"\"\n"), @r#"
    --- 0 plain
    . {} 1:1-6:12
    A = "1" 2:10-2:11 «1» key «A»
    B = "two words" 3:4-3:13 «two words» key «B»
    C = "" 4:3-4:3 «» key «C»
    D = "a $A \\n" 5:4-5:11 «a $A \n» key «D»
    E = "a\n\"b\"" 6:4-6:12 «a\n\"b\"» key «E»
    "#);
}

#[test]
fn values_that_stand_for_others() {
    assert_snapshot!(check("HOST=é.example\nURL=https://$HOST/${HOST}\nS='${HOST}'\nU=${NOT_HERE}/$\n"), @r#"
    --- 0 plain
    . {} 1:1-4:16
    HOST = "é.example" 1:6-1:15 «é.example» key «HOST»
    URL = "https://é.example/é.example" 2:5-2:26 «https://$HOST/${HOST}» key «URL»
    S = "${HOST}" 3:4-3:11 «${HOST}» key «S»
    U = "${NOT_HERE}/$" 4:3-4:16 «${NOT_HERE}/$» key «U»
    "#);
}

#[test]
fn quoted_values_go_over_lines() {
    assert_snapshot!(check("KEY=\"-----BEGIN\nX=1\n-----END\"\nA=1\n"), @r#"
    --- 0 plain
    . {} 1:1-4:4
    KEY = "-----BEGIN\nX=1\n-----END" 1:6-3:9 «-----BEGIN⏎X=1⏎-----END» key «KEY»
    A = "1" 4:3-4:4 «1» key «A»
    "#);
}

#[test]
fn faults_cost_their_line() {
    assert_snapshot!(check("A=1\n=x\nno value\nB=\"open\nC=3\n"), @r#"
    --- 0 plain
    . {} 1:1-5:4
    A = "1" 1:3-1:4 «1» key «A»
    C = "3" 5:3-5:4 «3» key «C»
    Error Syntax 2:1 no valid .env line: a name is expected, this line was not read
    Error Syntax 3:1 no valid .env line: `=` is expected behind the name, this line was not read
    Error Syntax 4:3 no valid .env line: a quote is not closed, this line was not read
    "#);
    assert_snapshot!(check("A=1\nA=2\n"), @r#"
    --- 0 plain
    . {} 1:1-2:4
    A = "2" 2:3-2:4 «2» key «A»
    Warning Shape 2:1 key `A` is given twice, first in line 1: the last one counts here, other readers may take the first
    "#);
    assert_snapshot!(check("# nothing\n"), @"");
}
